#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "matching/pattern.h"

namespace kutip::matching {

// What random patterns and texts are made of: few words, so that they meet often.
struct RandomWorld {
  std::vector<text::WordId> words;
  std::vector<LexiconId> lexicons;
  std::uint8_t types = 3;
};

// Random patterns with every kind of step, each with one marked anchor; and random texts.
class RandomPatterns {
 public:
  RandomPatterns(RandomWorld world, std::uint64_t seed) : world_(std::move(world)), random_(seed) {}

  Pattern pattern();
  std::string text();
  // Between 0 and `below` - 1. Equal on every platform, unlike the standard distributions.
  std::uint32_t number(std::uint32_t below) { return static_cast<std::uint32_t>(random_() % below); }

 private:
  bool one_in(std::uint32_t n) { return number(n) == 0; }
  Steps steps(int depth, std::uint32_t most);
  Step step(int depth);
  Step consuming_step(int depth);
  Step choice(int depth);
  Condition condition();
  std::optional<Condition> maybe_condition();

  RandomWorld world_;
  std::mt19937_64 random_;
  CaptureId next_capture_ = 0;
};

}  // namespace kutip::matching

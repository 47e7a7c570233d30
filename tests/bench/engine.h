#pragma once

#include <google/protobuf/arena.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "bench/bench_rules.h"
#include "service/annotate_call.h"
#include "support/generated_articles.h"

// The engine as benchmarks run it.
namespace kutip::bench {

inline constexpr std::size_t kArticleBytes = 3250;

// Generated ones, or the "text" of each line of the file that KUTIP_BENCH_ARTICLES names.
inline const std::vector<std::string>& articles() {
  static const std::vector<std::string> all = [] {
    if (const char* path = std::getenv("KUTIP_BENCH_ARTICLES")) {
      std::vector<std::string> texts;
      std::ifstream lines(path);
      for (std::string line; std::getline(lines, line);) texts.push_back(nlohmann::json::parse(line).at("text"));
      return texts;
    }
    return support::generate_articles(support::indonesian_words(KUTIP_SOURCE_DIR "/rules"), 1200, kArticleBytes, 1);
  }();
  return all;
}

inline std::vector<std::string> requests(const std::vector<std::string>& texts) {
  std::vector<std::string> bytes;
  for (const auto& text : texts) {
    v1::AnnotateRequest request;
    request.mutable_document()->set_utf8(text);
    request.mutable_document()->set_language_code("id");
    bytes.push_back(request.SerializeAsString());
  }
  return bytes;
}

// Request bytes to response bytes, one text after the other.
class Engine {
 public:
  Engine(const RulesSize& size, const std::vector<std::string>& texts)
      : rules_(load_rules(size, articles())), texts_(texts), requests_(requests(texts)) {
    limits_.max_text_bytes = 1u << 30;
  }

  std::uint64_t next() {
    const std::size_t i = next_++ % requests_.size();
    google::protobuf::Arena arena;
    auto* request = google::protobuf::Arena::CreateMessage<v1::AnnotateRequest>(&arena);
    auto* response = google::protobuf::Arena::CreateMessage<v1::AnnotateResponse>(&arena);
    if (!request->ParseFromString(requests_[i])) std::abort();
    const auto status = service::annotate(
        &rules_, *request, limits_, [] { return google::rpc::OK; }, memory_, *response);
    if (status.code() != google::rpc::OK) std::abort();
    response->SerializeToString(&out_);
    annotations_ += static_cast<std::uint64_t>(response->quotes_size() + response->persons_size() +
                                               response->organizations_size() + response->labels_size());
    ++done_;
    return texts_[i].size();
  }
  double entities_per_text() const { return static_cast<double>(annotations_) / static_cast<double>(done_); }

 private:
  service::ActiveRules rules_;
  std::vector<std::string> texts_, requests_;
  service::Limits limits_;
  service::CallMemory memory_;
  std::string out_;
  std::size_t next_ = 0;
  std::uint64_t annotations_ = 0, done_ = 0;
};

}  // namespace kutip::bench

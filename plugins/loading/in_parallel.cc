#include "loading/in_parallel.h"

#include <atomic>
#include <future>
#include <vector>

namespace kutip::loading {

void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto take_turns = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::future<void>> others;  // each waits for its thread when it is destroyed
  for (std::size_t t = 1; t < threads && t < count; ++t) others.push_back(std::async(take_turns));
  take_turns();
  for (std::future<void>& other : others) other.get();
}

}  // namespace kutip::loading

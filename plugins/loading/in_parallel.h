#pragma once

#include <cstddef>
#include <functional>

namespace kutip::loading {

// Calls work(0) to work(count - 1), each once, on at most `threads` threads, the caller's among them, and returns when
// all have returned. Where no thread can be started the caller's does it all. Throws what `work` threw, and then not
// all calls were made. REQUIRES: calls of `work` may run at the same time.
void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work);

}  // namespace kutip::loading

#include "service/operation/heap.h"

#include <malloc.h>

#include <algorithm>
#include <thread>

namespace kutip::operation {
namespace {

// Above what a call allocates, below the tables of a large lexicon. Left alone, glibc raises it to the size of the
// first large block that is freed, up to 32 MiB, and rule sets end up between the blocks of calls.
constexpr int kLargeBlock = 1 << 20;
// A heap shrinks when this much is free at its end.
constexpr int kFreeEnd = 2 << 20;

}  // namespace

void set_up_heap() {
  ::mallopt(M_MMAP_THRESHOLD, kLargeBlock);
  ::mallopt(M_TRIM_THRESHOLD, kFreeEnd);
  ::mallopt(M_ARENA_MAX, 2 * static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));
}

void give_back_memory() {
  ::malloc_trim(0);
}

}  // namespace kutip::operation

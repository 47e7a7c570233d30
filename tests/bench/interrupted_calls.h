#pragma once

#include <chrono>
#include <memory>
#include <string>

namespace kutip::bench {

// How a caller ends a call before its answer.
enum class Interrupt { kCancel, kDeadline };

// Calls Annotate with a long text, ends the call on the way, and sees how long the server goes on with it.
class InterruptedCalls {
 public:
  // The server at `address` has one worker. Both requests are serialised AnnotateRequests; `small` is answered in no
  // time.
  InterruptedCalls(const std::string& address, const std::string& long_request, const std::string& small_request);
  ~InterruptedCalls();

  // The whole of the long call.
  std::chrono::duration<double> uninterrupted();
  // Begins the long call, ends it `after` that, and returns the time from then until a small call that was begun at
  // that moment is answered: until the worker was free, and the small call itself.
  std::chrono::duration<double> until_free(Interrupt how, std::chrono::duration<double> after);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The benchmarks cancelled/... and deadline/...
void register_interrupted_calls();

}  // namespace kutip::bench

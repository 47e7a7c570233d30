#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace kutip::cli {

struct Outcome {
  int exit_code = -1;  // -1: ended by a signal
  std::string out, err;
};

// A running `kutip`, with its own pipes; environment as here, but for KUTIP_RULES and NO_COLOR, which are unset, and
// COLUMNS, which is 120.
class Program {
 public:
  explicit Program(const std::vector<std::string>& arguments, const std::string& input = "");
  // Kills it, if it still runs.
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Waits for a line on standard error that contains `text`, and returns it; "" if the output ends before.
  std::string wait_for_line(const std::string& text);
  void send_signal(int signal);
  Outcome wait();

 private:
  pid_t pid_ = -1;
  int out_ = -1;
  int err_ = -1;
  std::string err_text_;
};

// Runs `kutip` to its end. `input` is its standard input.
Outcome run(const std::vector<std::string>& arguments, const std::string& input = "");

}  // namespace kutip::cli

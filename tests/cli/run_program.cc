#include "run_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace kutip::cli {
namespace {

// A temporary file with the input, so that nobody has to feed a pipe.
int input_file(const std::string& input) {
  std::FILE* file = std::tmpfile();
  if (file == nullptr) return -1;
  std::fwrite(input.data(), 1, input.size(), file);
  std::rewind(file);
  const int fd = dup(fileno(file));
  std::fclose(file);
  return fd;
}

// Appends what can be read now; false at the end.
bool read_some(int fd, std::string& to) {
  char block[1 << 16];
  const ssize_t size = read(fd, block, sizeof block);
  if (size <= 0) return false;
  to.append(block, static_cast<std::size_t>(size));
  return true;
}

}  // namespace

Program::Program(const std::vector<std::string>& arguments, const std::string& input) {
  std::vector<char*> argv = {const_cast<char*>(KUTIP_PROGRAM)};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const int in = input_file(input);
  int out[2], err[2];
  if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) return;
  pid_ = fork();
  if (pid_ == 0) {
    dup2(in, STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    for (const char* name : {"KUTIP_RULES", "NO_COLOR"}) unsetenv(name);
    setenv("COLUMNS", "120", 1);
    execv(KUTIP_PROGRAM, argv.data());
    _exit(127);
  }
  close(in);
  close(out[1]);
  close(err[1]);
  out_ = out[0];
  err_ = err[0];
}

Program::~Program() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  if (out_ >= 0) close(out_);
  if (err_ >= 0) close(err_);
}

std::string Program::wait_for_line(const std::string& text) {
  for (;;) {
    const auto at = err_text_.find(text);
    if (at != std::string::npos) {
      const auto end = err_text_.find('\n', at);
      if (end != std::string::npos) {
        const auto begin = err_text_.rfind('\n', at) + 1;  // npos + 1 = 0
        return err_text_.substr(begin, end - begin);
      }
    }
    if (!read_some(err_, err_text_)) return {};
  }
}

void Program::send_signal(int signal) {
  kill(pid_, signal);
}

Outcome Program::wait() {
  Outcome outcome;
  pollfd fds[2] = {{out_, POLLIN, 0}, {err_, POLLIN, 0}};
  while (fds[0].fd >= 0 || fds[1].fd >= 0) {
    if (poll(fds, 2, -1) < 0) break;
    if (fds[0].revents != 0 && !read_some(out_, outcome.out)) fds[0].fd = -1;
    if (fds[1].revents != 0 && !read_some(err_, err_text_)) fds[1].fd = -1;
  }
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  outcome.err = err_text_;
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

Outcome run(const std::vector<std::string>& arguments, const std::string& input) {
  return Program(arguments, input).wait();
}

}  // namespace kutip::cli

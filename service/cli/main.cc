#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "loading/nearest_name.h"
#include "service/cli/command.h"
#include "service/version.h"

namespace {

// Whoever started the program may have closed them. The next file or connection would take such a place, and get all
// that is written for people.
void open_standard_streams() {
  int opened = -1;
  do opened = open("/dev/null", O_RDWR);
  while (opened >= 0 && opened <= STDERR_FILENO);
  if (opened >= 0) close(opened);
}

// Called before a command runs: there is one, and every word is one's name or belongs to one.
void require_command(const CLI::App& app) {
  const std::vector<std::string> rest = app.remaining();
  if (rest.empty() && app.get_subcommands().empty()) throw CLI::RequiredError("A command");
  if (rest.empty()) return;
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  const auto near = kutip::loading::nearest_name(rest.front(), names);
  throw CLI::ParseError("there is no command `" + rest.front() + "`" + (near ? "; did you mean `" + *near + "`?" : ""),
                        CLI::ExitCodes::ExtrasError);
}

}  // namespace

int main(int argc, char** argv) {
  open_standard_streams();
  CLI::App app("Finds who said what in news texts, and which people and organizations they name.", "kutip");
  app.set_version_flag("--version", std::string("kutip ") + kutip::service::kVersion);

  int exit_code = 0;
  kutip::cli::add_annotate(app, exit_code);
  kutip::cli::add_serve(app, exit_code);
  kutip::cli::add_status(app, exit_code);
  kutip::cli::add_reload(app, exit_code);
  kutip::cli::add_rollback(app, exit_code);
  kutip::cli::add_lint(app, exit_code);
  kutip::cli::add_test(app, exit_code);
  kutip::cli::add_explain(app, exit_code);
  kutip::cli::add_eval(app, exit_code);
  kutip::cli::add_diff(app, exit_code);
  kutip::cli::add_profile(app, exit_code);
  kutip::cli::add_new(app, exit_code);
  kutip::cli::add_fmt(app, exit_code);
  app.require_subcommand(0, 1)->allow_extras();
  app.parse_complete_callback([&app] { require_command(app); });
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help, --version
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    app.exit(error);
    return kutip::cli::kExitFailure;
  } catch (const std::exception& error) {  // out of memory and the like
    std::fprintf(stderr, "kutip: %s\n", error.what());
    return kutip::cli::kExitFailure;
  }
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
  std::fputs("kutip: standard output cannot be written\n", stderr);  // the disk is full
  return kutip::cli::kExitFailure;
}

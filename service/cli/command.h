#pragma once

#include <CLI/CLI.hpp>

// Subcommands of the program `kutip`, one file each. add_…() declares its flags and sets `exit_code` when it is the one
// that runs.
namespace kutip::cli {

// 0: all went well. Findings: lint found mistakes. Failure: wrong usage, something cannot be read, a text or the server
// refused.
inline constexpr int kExitFindings = 1;
inline constexpr int kExitFailure = 2;

void add_annotate(CLI::App& app, int& exit_code);
void add_diff(CLI::App& app, int& exit_code);
void add_eval(CLI::App& app, int& exit_code);
void add_explain(CLI::App& app, int& exit_code);
void add_fmt(CLI::App& app, int& exit_code);
void add_lint(CLI::App& app, int& exit_code);
void add_new(CLI::App& app, int& exit_code);
void add_profile(CLI::App& app, int& exit_code);
void add_serve(CLI::App& app, int& exit_code);
void add_test(CLI::App& app, int& exit_code);
void add_status(CLI::App& app, int& exit_code);
void add_reload(CLI::App& app, int& exit_code);
void add_rollback(CLI::App& app, int& exit_code);

}  // namespace kutip::cli

#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "service/cli/annotator.h"
#include "service/cli/articles.h"
#include "service/cli/command.h"
#include "service/cli/output.h"
#include "service/cli/progress.h"
#include "service/cli/rules.h"
#include "service/cli/terminal.h"
#include "service/errors.h"

namespace kutip::cli {
namespace {

struct Flags {
  std::vector<std::string> inputs = {"-"};
  std::string input = "auto";
  std::string server, rules, language, format;
  std::string unit = "code-point";
  std::string color = "auto";
  std::vector<std::string> plugins;
};

Format choose_format(const Flags& flags) {
  if (const auto format = format_named(flags.format)) return *format;
  return isatty(STDOUT_FILENO) != 0 ? Format::kPretty : Format::kJson;
}

// Formats that show the text cut it by bytes; `spans` counts code points by definition.
v1::OffsetUnit unit_for(Format format, const Flags& flags) {
  if (format == Format::kPretty || format == Format::kHtml) return v1::OFFSET_UNIT_UTF8;
  if (format == Format::kSpans) return v1::OFFSET_UNIT_CODE_POINT;
  if (flags.unit == "utf8") return v1::OFFSET_UNIT_UTF8;
  if (flags.unit == "utf16") return v1::OFFSET_UNIT_UTF16;
  return v1::OFFSET_UNIT_CODE_POINT;
}

v1::AnnotateOptions make_options(Format format, const Flags& flags) {
  v1::AnnotateOptions options;
  options.set_offset_unit(unit_for(format, flags));
  options.set_include_text(format != Format::kPretty && format != Format::kSpans);
  for (const std::string& plugin : flags.plugins) options.add_plugins(plugin);
  return options;
}

InputKind input_kind(const std::string& name) {
  if (name == "text") return InputKind::kText;
  if (name == "jsonl") return InputKind::kJsonLines;
  return InputKind::kByName;
}

// False, with a message on standard error, if one of the inputs cannot be read.
bool read_inputs(const Flags& flags, std::vector<Article>& articles) {
  for (const std::string& input : flags.inputs) {
    auto read = read_articles(input, input_kind(flags.input));
    if (const auto* error = std::get_if<InputError>(&read)) {
      std::fprintf(stderr, "kutip: %s\n", error->message.c_str());
      return false;
    }
    for (Article& article : std::get<std::vector<Article>>(read)) articles.push_back(std::move(article));
  }
  return true;
}

// Null, with messages on standard error, if the rules cannot be used.
std::unique_ptr<Annotator> make_annotator(const Flags& flags) {
  if (!flags.server.empty()) return make_remote_annotator(flags.server);
  auto rules = load_rules_or_complain(find_rules_folder(flags.rules));
  return rules == nullptr ? nullptr : make_local_annotator(std::move(rules));
}

v1::Document make_document(const Article& article, const Flags& flags) {
  v1::Document document;
  document.set_document_id(article.id);
  document.set_utf8(article.text);
  document.set_language_code(article.language.empty() ? flags.language : article.language);
  return document;
}

int annotate(const Flags& flags) {
  std::vector<Article> articles;
  if (!read_inputs(flags, articles)) return kExitFailure;
  const auto annotator = make_annotator(flags);
  if (annotator == nullptr) return kExitFailure;

  const Format format = choose_format(flags);
  const PrettyOptions pretty{terminal_width(STDOUT_FILENO),
                             flags.color == "always" || (flags.color == "auto" && wants_color(STDOUT_FILENO))};
  v1::AnnotateRequest request;
  *request.mutable_options() = make_options(format, flags);
  Output output(format, pretty, articles.size(), flags.inputs.front());
  Progress progress(articles.size());
  int exit_code = 0;
  for (const Article& article : articles) {
    *request.mutable_document() = make_document(article, flags);
    v1::AnnotateResponse response;
    const google::rpc::Status status = annotator->annotate(request, response);
    if (service::is_ok(status)) {
      output.add(article, response);
    } else {
      progress.pause();
      std::fprintf(stderr, "kutip: %s: %s\n", article.id.c_str(), status.message().c_str());
      exit_code = kExitFailure;
    }
    progress.step();
  }
  return exit_code;
}

}  // namespace

void add_annotate(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("annotate", "Annotate texts: who says what, which organizations are named");
  auto flags = std::make_shared<Flags>();
  command->add_option("inputs", flags->inputs, "Plain text files, *.jsonl of many articles, or - for standard input")
      ->type_name("FILE");
  command->add_option("--input", flags->input, "What the inputs are; auto goes by the name")
      ->check(CLI::IsMember({"auto", "text", "jsonl"}))
      ->capture_default_str();
  command->add_option("--server", flags->server, "Ask this server (HOST:PORT, unix:PATH) instead of annotating here")
      ->type_name("ADDR");
  command->add_option("--rules", flags->rules, "Rules folder [$KUTIP_RULES, ./rules]")->type_name("DIR");
  command->add_option("--language", flags->language, "Language of texts that do not say theirs, like id; else detected")
      ->type_name("TAG");
  command->add_option("--plugins", flags->plugins, "Only these plugins")->delimiter(',')->type_name("NAME,...");
  command->add_option("--format", flags->format, "Output [pretty on a terminal, else json]")
      ->check(CLI::IsMember({"pretty", "html", "json", "jsonl", "spans"}));
  command->add_option("--unit", flags->unit, "What offsets in json and jsonl count")
      ->check(CLI::IsMember({"utf8", "utf16", "code-point"}))
      ->capture_default_str();
  command->add_option("--color", flags->color, "Colours of pretty")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  command->callback([flags, &exit_code] { exit_code = annotate(*flags); });
}

}  // namespace kutip::cli

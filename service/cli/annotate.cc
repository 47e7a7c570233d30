#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "service/cli/annotator.h"
#include "service/cli/articles.h"
#include "service/cli/command.h"
#include "service/cli/format.h"
#include "service/cli/rules.h"
#include "service/errors.h"

namespace kutip::cli {
namespace {

struct Flags {
  std::vector<std::string> inputs = {"-"};
  std::string server, rules, language, format, unit = "code-point", input = "auto";
  std::vector<std::string> plugins;
};

v1::OffsetUnit unit_of(const Flags& flags) {
  if (flags.format == "spans") return v1::OFFSET_UNIT_CODE_POINT;
  if (flags.unit == "utf8") return v1::OFFSET_UNIT_UTF8;
  if (flags.unit == "utf16") return v1::OFFSET_UNIT_UTF16;
  return v1::OFFSET_UNIT_CODE_POINT;
}

InputKind input_kind(const std::string& name) {
  if (name == "text") return InputKind::kText;
  if (name == "jsonl") return InputKind::kJsonLines;
  return InputKind::kByName;
}

v1::AnnotateRequest make_request(const Flags& flags, const Article& article) {
  v1::AnnotateRequest request;
  request.mutable_document()->set_document_id(article.id);
  request.mutable_document()->set_utf8(article.text);
  request.mutable_document()->set_language_code(article.language.empty() ? flags.language : article.language);
  v1::AnnotateOptions& options = *request.mutable_options();
  options.set_offset_unit(unit_of(flags));
  options.set_include_text(flags.format != "spans");
  for (const std::string& plugin : flags.plugins) options.add_plugins(plugin);
  return request;
}

std::string render(const Flags& flags, const v1::AnnotateResponse& response) {
  if (flags.format == "spans") return format_spans(response);
  if (flags.format == "jsonl") return format_json_line(response);
  return format_json(response);
}

int annotate(Flags flags) {
  if (flags.format.empty()) flags.format = "json";
  std::vector<Article> articles;
  for (const std::string& input : flags.inputs) {
    auto read = read_articles(input, input_kind(flags.input));
    if (const auto* error = std::get_if<InputError>(&read)) {
      std::fprintf(stderr, "kutip: %s\n", error->message.c_str());
      return kExitFailure;
    }
    for (Article& article : std::get<std::vector<Article>>(read)) articles.push_back(std::move(article));
  }

  std::unique_ptr<Annotator> annotator;
  if (flags.server.empty()) {
    auto rules = load_rules_or_complain(find_rules_folder(flags.rules));
    if (rules == nullptr) return kExitFailure;
    annotator = make_local_annotator(std::move(rules));
  } else {
    annotator = make_remote_annotator(flags.server);
  }

  int exit_code = 0;
  for (const Article& article : articles) {
    v1::AnnotateResponse response;
    const google::rpc::Status status = annotator->annotate(make_request(flags, article), response);
    if (!service::is_ok(status)) {
      std::fprintf(stderr, "kutip: %s: %s\n", article.id.c_str(), status.message().c_str());
      exit_code = kExitFailure;
      continue;
    }
    const std::string out = render(flags, response);
    std::fwrite(out.data(), 1, out.size(), stdout);
  }
  return exit_code;
}

}  // namespace

void add_annotate(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("annotate", "Annotate texts");
  auto flags = std::make_shared<Flags>();
  command->add_option("inputs", flags->inputs, "Plain text files, *.jsonl of many articles, or - for standard input")
      ->type_name("FILE");
  command->add_option("--server", flags->server, "Ask this server (HOST:PORT, unix:PATH) instead of annotating here")
      ->type_name("ADDR");
  command->add_option("--rules", flags->rules, "Rules folder [$KUTIP_RULES, ./rules]")->type_name("DIR");
  command->add_option("--language", flags->language, "Language of texts that do not say theirs, like id; else detected")
      ->type_name("TAG");
  command->add_option("--format", flags->format, "pretty, html, json, jsonl or spans")
      ->check(CLI::IsMember({"pretty", "html", "json", "jsonl", "spans"}));
  command->add_option("--unit", flags->unit, "What offsets in json and jsonl count")
      ->check(CLI::IsMember({"utf8", "utf16", "code-point"}))
      ->capture_default_str();
  command->add_option("--plugins", flags->plugins, "Only these plugins")->delimiter(',')->type_name("NAME,...");
  command->callback([flags, &exit_code] { exit_code = annotate(*flags); });
}

}  // namespace kutip::cli

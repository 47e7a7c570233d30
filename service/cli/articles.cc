#include "service/cli/articles.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "text/utf8.h"

namespace kutip::cli {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

std::variant<std::string, InputError> read_all(const std::string& path) {
  std::unique_ptr<std::FILE, CloseFile> opened;
  std::FILE* file = stdin;
  if (path != "-") {
    opened.reset(std::fopen(path.c_str(), "rb"));
    file = opened.get();
    if (file == nullptr) return InputError{path + ": " + std::strerror(errno)};
  }
  std::string content;
  char block[1 << 16];
  while (const std::size_t size = std::fread(block, 1, sizeof block, file)) content.append(block, size);
  if (std::ferror(file) != 0) return InputError{path + ": " + std::strerror(errno)};
  return content;
}

bool is_json_lines(std::string_view path, InputKind kind) {
  if (kind != InputKind::kByName) return kind == InputKind::kJsonLines;
  return path.ends_with(".jsonl") || path.ends_with(".ndjson");
}

std::string string_or_number(const nlohmann::json& object, const char* key) {
  const auto at = object.find(key);
  if (at == object.end() || at->is_null()) return {};
  return at->is_string() ? at->get<std::string>() : at->dump();
}

std::optional<Article> parse_line(std::string_view line, std::size_t number) {
  const auto object = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) return std::nullopt;
  const auto text = object.find("text");
  if (text == object.end() || !text->is_string()) return std::nullopt;
  Article article{string_or_number(object, "id"), string_or_number(object, "lang"), text->get<std::string>()};
  if (article.id.empty()) article.id = std::to_string(number);
  return article;
}

std::variant<std::vector<Article>, InputError> parse_lines(const std::string& path, std::string_view content) {
  std::vector<Article> articles;
  for (std::size_t number = 1; !content.empty(); ++number) {
    const std::string_view line = content.substr(0, content.find('\n'));
    content.remove_prefix(std::min(content.size(), line.size() + 1));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto article = parse_line(line, number);
    if (!article) return InputError{path + ":" + std::to_string(number) + ": not a JSON object with a string \"text\""};
    articles.push_back(std::move(*article));
  }
  return articles;
}

}  // namespace

std::variant<std::vector<Article>, InputError> read_articles(const std::string& path, InputKind kind) {
  auto read = read_all(path);
  if (auto* error = std::get_if<InputError>(&read)) return std::move(*error);
  auto& content = std::get<std::string>(read);
  if (const auto offset = text::find_ill_formed(content))
    return InputError{path + ": not UTF-8: the byte at offset " + std::to_string(*offset) + " is wrong"};
  if (is_json_lines(path, kind)) return parse_lines(path, content);
  return std::vector<Article>{{path, {}, std::move(content)}};
}

}  // namespace kutip::cli

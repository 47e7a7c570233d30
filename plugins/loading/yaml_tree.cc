#include "loading/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <sstream>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "loading/odd_characters.h"
#include "loading/raw_bytes_check.h"
#include "loading/scalar_extent.h"
#include "loading/yaml_syntax_error.h"
#include "text/utf8.h"

namespace kutip::loading {
namespace {

using Kind = YamlNode::Kind;
using Style = YamlNode::Style;

// Thrown through the YAML library to stop it, once the reason is reported.
struct Stop {};

// Turns the library's events into a tree. Marks are byte offsets from the start of the (BOM-less) file.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const SourceText& source, Findings& findings) : source_(source), findings_(findings) {}

  std::optional<YamlNode> take_root() { return std::move(root_); }
  // True if what follows some place was not read as it was meant.
  bool misread() const { return misread_; }
  // Begin of the last plain value.
  std::optional<std::size_t> last_plain() const { return last_plain_; }
  std::size_t last_begin() const { return last_begin_; }
  std::optional<std::size_t> last_quoted_end() const { return last_quoted_end_; }
  std::optional<std::size_t> open_bracket() const {
    for (auto open = open_.rbegin(); open != open_.rend(); ++open)
      if (open->flow) return open->node.begin;
    return std::nullopt;
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (!seen_document_) return void(seen_document_ = true);
    Diagnostic& d =
        findings_.report(Code::kSecondDocument, range_of_word(offset(mark)), "a second document begins here");
    d.expected = "one document in a file";
    d.help = "remove `---` or `...`, or put the rest into a file of its own";
    throw Stop{};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    YamlNode node = start(Kind::kNull, mark);
    check_anchor(node, anchor);
    const std::string_view word = word_from(node.begin);
    const bool written = word == "~" || word == "null" || word == "Null" || word == "NULL";
    if (written) node.text = word;
    node.end = node.begin + node.text.size();
    const bool at_key = !written && expects_value();  // nothing stands there
    node.where = at_key ? open_.back().key.where : source_.range(node.begin, node.end);
    add(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    YamlNode node = start(Kind::kBad, mark);
    node.where = range_of_word(node.begin);
    Diagnostic& d = findings_.report(Code::kAnchor, node.where, "an alias");
    d.expected = "the value itself; rule files have neither anchors nor aliases";
    d.help = "write the value out, or put the '*' in quotes if it is meant as text; repeated steps belong into a macro";
    add(std::move(node));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    YamlNode node = start(Kind::kScalar, mark);
    node.text = value;
    if (!check_anchor(node, anchor) || !check_tag(node, tag)) {
      node.kind = Kind::kBad;
    } else {
      find_extent(node, tag != "!");
    }
    add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open_collection(Kind::kList, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { close_collection(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open_collection(Kind::kMap, mark, tag, anchor, style);
  }
  void OnMapEnd() override { close_collection(); }

 private:
  // A list or map whose end is not reached.
  struct Open {
    YamlNode node;
    bool flow = false;
    bool has_key = false;  // of a map: `key` waits for its value
    YamlNode::Key key;
    bool drop_value = false;  // the key was wrong or stands there already
    std::unordered_map<std::string, SourceRange> seen;
  };

  std::size_t offset(const YAML::Mark& mark) const {
    return std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), source_.bytes().size());
  }

  std::string_view word_from(std::size_t begin) const {
    const std::string_view rest = source_.bytes().substr(begin);
    return rest.substr(0, std::min(rest.find_first_of(" \t\r\n,]}"), rest.size()));
  }
  SourceRange range_of_word(std::size_t begin) const { return source_.range(begin, begin + word_from(begin).size()); }

  bool expects_key() const { return !open_.empty() && open_.back().node.kind == Kind::kMap && !open_.back().has_key; }
  bool expects_value() const { return !open_.empty() && open_.back().node.kind == Kind::kMap && open_.back().has_key; }

  YamlNode start(Kind kind, const YAML::Mark& mark) {
    YamlNode node;
    node.kind = kind;
    node.begin = node.end = last_begin_ = offset(mark);
    if (++node_count_ > kMaxYamlNodes) {
      Diagnostic& d = findings_.report(Code::kFileTooLarge, source_.range(node.begin, node.begin + 1),
                                       "more than " + std::to_string(kMaxYamlNodes) + " values in one file");
      d.help = "word lists belong into lexicon files";
      throw Stop{};
    }
    return node;
  }

  bool check_anchor(const YamlNode& node, YAML::anchor_t anchor) {
    if (anchor == 0) return true;
    Diagnostic& d = findings_.report(Code::kAnchor, range_of_word(node.begin), "an anchor");
    d.expected = "the value itself; rule files have neither anchors nor aliases";
    d.help = "remove it, or put the '&' in quotes if it is meant as text; repeated steps belong into a macro";
    return false;
  }

  bool check_tag(const YamlNode& node, const std::string& tag) {
    const bool written = tag != "?" && !tag.empty() && (tag != "!" || source_.bytes().substr(node.begin, 1) == "!");
    if (!written) return true;
    Diagnostic& d = findings_.report(Code::kTag, range_of_word(node.begin), "a tag");
    d.expected = "the value itself; rule files have no tags";
    d.help = "remove it, or put the '!' in quotes if it is meant as text";
    return false;
  }

  void find_extent(YamlNode& node, bool plain) {
    const ScalarExtent extent = scalar_extent(source_, node.begin, node.text, plain);
    node.style = extent.style;
    node.end = extent.end;
    node.where = source_.range(node.begin, node.end);
    if (plain) last_plain_ = node.begin;
    if (node.style != Style::kQuoted) return;
    last_quoted_end_ = node.end;
    const bool one_line = source_.line_at(node.begin) == source_.line_at(node.end - 1);
    if (!extent.closed || !one_line) report_runaway_quote(node, extent.closed);
  }

  void report_runaway_quote(const YamlNode& node, bool closed) {
    misread_ = true;
    Diagnostic& d =
        findings_.report(closed ? Code::kSeveralLines : Code::kUnterminatedQuote, node.where,
                         closed ? "a quoted value goes on over several lines" : "a quoted value has no closing quote");
    if (closed) d.related.emplace_back(source_.range(node.end - 1, node.end), "the next quote mark stands here");
    d.expected = "a closing " + std::string(1, source_.bytes()[node.begin]) + " on the same line";
    d.help = "close the quote; for a text of several lines write `|-` and the lines below, indented";
  }

  void open_collection(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) {
    Open open;
    open.node = start(kind, mark);
    open.flow = style == YAML::EmitterStyle::Flow;
    check_anchor(open.node, anchor);
    check_tag(open.node, tag);
    if (open_.size() >= kMaxYamlDepth) {
      Diagnostic& d = findings_.report(Code::kTooDeep, source_.range(open.node.begin, open.node.begin + 1),
                                       "values nested more than " + std::to_string(kMaxYamlDepth) + " deep");
      d.help = "put the inner steps into a macro";
      throw Stop{};
    }
    open_.push_back(std::move(open));
  }

  void close_collection() {
    Open open = std::move(open_.back());
    open_.pop_back();
    YamlNode& node = open.node;
    node.end = node.items.empty() ? node.begin + 1 : node.items.back().end;
    if (open.flow) node.end = behind_bracket(node);
    node.where = source_.range(node.begin, node.end);
    add(std::move(node));
  }

  // Behind the ] or } of a flow collection whose last item is known.
  std::size_t behind_bracket(const YamlNode& node) const {
    const std::string_view bytes = source_.bytes();
    const std::size_t at = bytes.find_first_not_of(" \t,", node.items.empty() ? node.begin + 1 : node.items.back().end);
    return at != std::string_view::npos && (bytes[at] == ']' || bytes[at] == '}') ? at + 1 : node.end;
  }

  void add(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (expects_key()) {
      take_key(std::move(node));
    } else {
      Open& open = open_.back();
      if (open.node.kind == Kind::kMap) {
        open.has_key = false;
        if (open.drop_value) return;
        open.node.keys.push_back(std::move(open.key));
      }
      open.node.items.push_back(std::move(node));
    }
  }

  void take_key(YamlNode node) {
    Open& open = open_.back();
    open.has_key = true;
    open.key = {clean_key(node), node.where};
    const bool good = node.kind == Kind::kScalar && check_key(node) && (!open.key.text.empty() || node.text.empty());
    open.node.damaged |= !good;
    open.drop_value = !good || !check_new_key(open);
    if (node.kind == Kind::kScalar || node.kind == Kind::kBad) return;
    Diagnostic& d = findings_.report(Code::kKeyNotScalar, node.where, "a key that is not a word");
    d.expected = "a word as key";
    d.help = "a text in brackets needs quotes if it is meant as it stands";
  }

  // An odd space before a key means that the indentation is not what it looks like; elsewhere the key can be mended.
  std::string clean_key(const YamlNode& node) {
    const std::optional<char32_t> odd = first_odd_character(node.text);
    if (!odd) return node.text;
    const bool indents = is_odd_space(text::code_point_at(node.text, 0).value);
    if (indents) misread_ = true;
    std::string clean = without_odd_characters(node.text, indents ? ' ' : '_');
    Diagnostic& d =
        findings_.report(Code::kOddCharacterAtKey, node.where, "the key holds the character " + code_point_name(*odd));
    if (clean.empty()) {  // a value in such marks, where no colon was to be
      d.expected = "straight quotes, \" or ', around a text";
      d.help = "YAML takes other quote marks for letters; put the text in straight quotes";
      return clean;
    }
    d.expected = is_odd_space(*odd)   ? "ASCII spaces"
                 : is_invisible(*odd) ? "the key without it; it cannot be seen"
                                      : "the key without quote marks";
    d.help = indents ? "indent with ordinary spaces" : "write " + quoted(clean);
    d.replacement = clean;
    return clean;
  }

  bool check_key(const YamlNode& node) {
    if (node.text == "<<" && node.style == Style::kPlain) {
      Diagnostic& d = findings_.report(Code::kMergeKey, node.where, "a merge key");
      d.expected = "the keys themselves; rule files have no merge keys";
      d.help = "write the keys out; repeated steps belong into a macro";
      return false;
    }
    if (node.text.size() <= kMaxKeyBytes) return true;
    findings_.report(Code::kFileTooLarge, node.where, "a key of more than " + std::to_string(kMaxKeyBytes) + " bytes");
    return false;
  }

  bool check_new_key(Open& open) {
    const auto [first, is_new] = open.seen.emplace(open.key.text, open.key.where);
    if (is_new) return true;
    Diagnostic& d = findings_.report(Code::kDuplicateKey, open.key.where, "duplicate key " + quoted(open.key.text));
    d.related.emplace_back(first->second, "first here");
    d.expected = "each key once";
    d.help = "remove one of the two, or make them one value";
    return false;
  }

  const SourceText& source_;
  Findings& findings_;
  std::vector<Open> open_;
  std::optional<YamlNode> root_;
  std::optional<std::size_t> last_quoted_end_, last_plain_;
  std::size_t last_begin_ = 0;
  std::size_t node_count_ = 0;
  bool seen_document_ = false;
  bool misread_ = false;
};

// Runs the library; true if it came to the end of the file.
bool run_parser(const SourceText& source, TreeBuilder& builder, Findings& findings) {
  // A line end at the end lets the library accept an unterminated quote, which the builder then reports with its place.
  std::istringstream stream(std::string(source.bytes()) + "\n");
  const auto fail = [&](std::string_view message, std::size_t offset) {
    if (builder.misread()) return;  // a consequence of what is reported already
    report_syntax_error({message, offset, builder.open_bracket(), builder.last_quoted_end(), builder.last_plain(),
                         builder.last_begin()},
                        source, findings);
  };
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    return !builder.misread();
  } catch (const Stop&) {
  } catch (const YAML::Exception& e) {
    fail(e.msg, static_cast<std::size_t>(std::max(e.mark.pos, 0)));
  } catch (const std::exception& e) {
    fail(e.what(), 0);
  }
  return false;
}

}  // namespace

YamlDocument parse_yaml(const SourceText& source, Findings& findings) {
  if (source.bytes().size() > kMaxYamlBytes) {
    Diagnostic& d = findings.report(Code::kFileTooLarge, source.whole_file(), "a YAML file of more than 8 MiB");
    d.help = "word lists belong into lexicon files";
    return {};
  }
  if (!check_raw_bytes(source, findings)) return {};
  TreeBuilder builder(source, findings);
  YamlDocument document;
  document.complete = run_parser(source, builder, findings);
  if (document.complete) document.root = builder.take_root();
  if (document.complete && !document.root) {
    document.complete = false;
    Diagnostic& d = findings.report(Code::kEmptyFile, source.whole_file(), "the file is empty");
    d.expected = "a mapping that begins with `schema:`";
  }
  return document;
}

}  // namespace kutip::loading

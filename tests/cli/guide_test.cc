// docs/guide.md, done as it says: its files are written, its commands run in order in one folder with a copy of the
// shipped rules, and their outputs compared. An output that ends with a line … goes on. UPDATE_GOLDENS=1 writes them.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "folder.h"

namespace kutip::cli {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = KUTIP_SOURCE_DIR;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// Both outputs of a command line, run in `folder`.
std::vector<std::string> output_of(const std::string& command, const std::string& folder) {
  const std::string program = fs::path(KUTIP_PROGRAM).parent_path().string();
  ::setenv("GUIDE_COMMAND", command.c_str(), 1);
  const std::string line = "cd '" + folder + "' && env -u KUTIP_RULES COLUMNS=100 NO_COLOR=1 PATH='" + program +
                           "':\"$PATH\" bash -c \"$GUIDE_COMMAND\" 2>&1";
  std::string output;
  std::array<char, 4096> block;
  FILE* pipe = popen(line.c_str(), "r");
  while (const std::size_t size = std::fread(block.data(), 1, block.size(), pipe)) output.append(block.data(), size);
  pclose(pipe);
  std::vector<std::string> lines = lines_of(output);
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

class Guide {
 public:
  Guide() { fs::copy(kRoot / "rules", folder_.path() + "/rules", fs::copy_options::recursive); }

  // The guide as it is when its commands have run.
  std::string follow(const std::vector<std::string>& guide) {
    std::string out;
    for (std::size_t i = 0; i < guide.size(); ++i) {
      out += guide[i] + "\n";
      if (!guide[i].starts_with("```") || guide[i] == "```") continue;
      std::vector<std::string> block;
      for (++i; i < guide.size() && guide[i] != "```"; ++i) block.push_back(guide[i]);
      const std::size_t space = guide[i - block.size() - 1].find(' ');
      const std::string header = guide[i - block.size() - 1];
      if (header == "```console") block = run(block);
      if (space != std::string::npos) write(header.substr(space + 1), block);
      for (const std::string& line : block) out += line + "\n";
      out += "```\n";
    }
    return out;
  }

 private:
  void write(const std::string& path, const std::vector<std::string>& lines) {
    std::string content;
    for (const std::string& line : lines) content += line + "\n";
    folder_.write(path, content);
  }

  std::vector<std::string> run(const std::vector<std::string>& block) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < block.size();) {
      EXPECT_TRUE(block[i].starts_with("$ ")) << block[i];
      out.push_back(block[i]);
      std::vector<std::string> shown;
      const std::string command = block[i].substr(2);
      for (++i; i < block.size() && !block[i].starts_with("$ "); ++i) shown.push_back(block[i]);
      std::vector<std::string> output = output_of(command, folder_.path());
      const bool goes_on = !shown.empty() && shown.back() == "…";
      if (goes_on && output.size() >= shown.size()) {
        output.resize(shown.size() - 1);
        output.emplace_back("…");
      }
      out.insert(out.end(), output.begin(), output.end());
    }
    return out;
  }

  Folder folder_;
};

TEST(Guide, SaysWhatHappens) {
  const fs::path path = kRoot / "docs/guide.md";
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  const std::string followed = Guide().follow(lines_of(content.str()));
  if (std::getenv("UPDATE_GOLDENS") != nullptr) std::ofstream(path, std::ios::binary) << followed;
  EXPECT_EQ(content.str(), followed) << "UPDATE_GOLDENS=1 writes what happens";
}

}  // namespace
}  // namespace kutip::cli

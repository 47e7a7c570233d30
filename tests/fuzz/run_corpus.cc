// Runs a fuzz target without libFuzzer: over every file of a folder and, if asked, over changed copies of them.
// usage: TARGET FOLDER [CHANGED [SEED]]     CHANGED: how many changed inputs
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

std::vector<std::string> read_corpus(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> inputs;
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return inputs;
}

class Changer {
 public:
  Changer(const std::vector<std::string>& corpus, std::uint64_t seed) : corpus_(corpus), random_(seed) {}

  std::string next() {
    std::string input = corpus_[below(corpus_.size())];
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) change(input);
    return input;
  }

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }

  void change(std::string& input) {
    const std::size_t at = below(input.size() + 1);
    const std::size_t length = std::min(input.size() - at, 1 + below(40));
    switch (below(6)) {
      case 0:  // any byte
        if (at < input.size()) input[at] = static_cast<char>(below(256));
        break;
      case 1:  // what YAML and the rule language give a meaning
        input.insert(at, 1, "{}[]:,-#&*!|>'\"%@` \n\t$=~?\\"[below(27)]);
        break;
      case 2:
        input.erase(at, length);
        break;
      case 3:
        input.insert(at, input.substr(at, length));
        break;
      case 4: {  // a part of another input
        const std::string& other = corpus_[below(corpus_.size())];
        const std::size_t from = below(other.size() + 1);
        input.insert(at, other.substr(from, 1 + below(120)));
        break;
      }
      default:  // another number
        for (std::size_t i = at; i < input.size(); ++i) {
          if (input[i] < '0' || input[i] > '9') continue;
          input.replace(i, 1, std::to_string(random_()));
          break;
        }
    }
  }

  const std::vector<std::string>& corpus_;
  std::mt19937_64 random_;
};

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

// The input under way, for whoever looks for what crashed.
void keep(const std::string& input) {
  const char* file = std::getenv("KUTIP_FUZZ_LAST");
  if (file != nullptr) std::ofstream(file, std::ios::binary) << input;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s FOLDER [CHANGED [SEED]]\n", argv[0]);
    return 2;
  }
  const std::vector<std::string> corpus = read_corpus(argv[1]);
  if (corpus.empty()) {
    std::fprintf(stderr, "no inputs in %s\n", argv[1]);
    return 2;
  }
  for (const std::string& input : corpus) run(input);
  const std::size_t changed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 0;
  Changer changer(corpus, argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1);
  for (std::size_t i = 0; i < changed; ++i) {
    const std::string input = changer.next();
    keep(input);
    run(input);
  }
  std::printf("%zu inputs, %zu changed ones\n", corpus.size(), changed);
  return 0;
}

#include "matching/sentence_edges.h"

#include <gtest/gtest.h>

#include "scene.h"

namespace kutip::matching {
namespace {

struct EdgeCase {
  const char* text;
  const char* content;
  std::uint32_t last_start;
  std::uint32_t marks_at_end;  // tokens behind first_end
};

TEST(SentenceEdges, LeaveMarksOut) {
  const EdgeCase cases[] = {
      {"Hujan turun.", "Hujan turun", 0, 1},
      {"Hujan turun", "Hujan turun", 0, 0},
      {"Hujan turun?!", "Hujan turun", 0, 2},
      {"Hujan turun...", "Hujan turun", 0, 1},
      {"Hujan turun…", "Hujan turun", 0, 1},
      {"— Hujan turun.", "Hujan turun", 1, 1},
      {"- Hujan turun.", "Hujan turun", 1, 1},
      {"• Hujan turun.", "Hujan turun", 1, 1},
      {"Ia menyebutnya “hujan”.", "Ia menyebutnya “ hujan ”", 0, 2},
      {"Ia menyebutnya (hujan).", "Ia menyebutnya ( hujan )", 0, 2},
      {"“Hujan” turun.", "“ Hujan ” turun", 1, 1},
      {"(Hujan) turun.", "( Hujan ) turun", 1, 1},
      {"“Hujan turun.", "Hujan turun", 1, 1},
      {"Hujan, katanya:", "Hujan , katanya :", 0, 0},
      {".", "", 0, 1},
      {"—", "", 1, 0},
  };
  for (const EdgeCase& c : cases) {
    Scene scene;
    scene.read(c.text);
    ASSERT_EQ(1u, scene.document().sentences().size()) << c.text;
    const SentenceEdges edges = sentence_edges(scene.document(), 0);
    EXPECT_EQ(scene.all(), edges.sentence) << c.text;
    EXPECT_EQ(c.content, scene.words(edges.content)) << c.text;
    EXPECT_EQ(c.last_start, edges.last_start) << c.text;
    EXPECT_EQ(c.marks_at_end, edges.sentence.end - edges.first_end) << c.text;
  }
}

TEST(SentenceEdges, AreOfTheSentenceAskedFor) {
  Scene scene;
  scene.read("Hujan turun. Angin reda.");
  ASSERT_EQ(2u, scene.document().sentences().size());
  EXPECT_EQ("Angin reda", scene.words(sentence_edges(scene.document(), 1).content));
}

TEST(SentenceInitial, IsTheFirstWordBehindMarks) {
  Scene scene;
  scene.read("— “Hujan” turun. (Angin) reda. 17 orang pulang.");
  std::string found;
  for (std::uint32_t i = 0; i < scene.all().end; ++i)
    if (is_sentence_initial(scene.document(), i)) found += scene.words({i, i + 1}) + " ";
  EXPECT_EQ("Hujan Angin 17 ", found);
}

}  // namespace
}  // namespace kutip::matching

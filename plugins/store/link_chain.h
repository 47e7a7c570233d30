#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace kutip::store {

// A name in a folder.
struct NameInFolder {
  std::filesystem::path folder;
  std::string name;
};

// Every name that decides where `path` leads: of each folder on its way, and on the way of each symbolic link met
// there. Ends at the first name that does not exist, and after 40 links.
std::vector<NameInFolder> link_chain(const std::filesystem::path& path);

}  // namespace kutip::store

#include "service/listen/connection_table.h"

#include <sys/socket.h>
#include <sys/stat.h>

#include <utility>

namespace kutip::listen {
namespace {

// 0 if the descriptor is not open.
ino_t inode_of(int fd) {
  struct stat file {};
  return fstat(fd, &file) == 0 ? file.st_ino : 0;
}

}  // namespace

void ConnectionTable::add(int fd, std::string peer) {
  if (const auto old = connections_.find(fd); old != connections_.end()) forget(old->second.peer);
  ++peers_[peer];
  connections_[fd] = {inode_of(fd), std::move(peer)};
}

void ConnectionTable::sweep() {
  for (auto at = connections_.begin(); at != connections_.end();) {
    if (inode_of(at->first) == at->second.inode) {
      ++at;
    } else {
      forget(at->second.peer);
      at = connections_.erase(at);
    }
  }
}

void ConnectionTable::shut_down() {
  for (const auto& [fd, connection] : connections_) shutdown(fd, SHUT_RD);
}

std::size_t ConnectionTable::of_peer(const std::string& peer) const {
  const auto at = peers_.find(peer);
  return at == peers_.end() ? 0 : at->second;
}

void ConnectionTable::forget(const std::string& peer) {
  const auto at = peers_.find(peer);
  if (--at->second == 0) peers_.erase(at);
}

}  // namespace kutip::listen

#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <unordered_map>

namespace kutip::listen {

// The connections that were accepted and are still open. Whoever got a connection closes it without telling, so a
// connection counts as closed when its descriptor's number leads to another file: fstat() tells them apart by inode.
// Not thread-safe.
class ConnectionTable {
 public:
  // `peer` is an address without its port. O(1).
  void add(int fd, std::string peer);
  // Drops the connections that are closed. O(connections), about 0.3 µs each.
  void sweep();
  // shutdown() on all of them, for reading: whoever owns one then reads its end.
  void shut_down();

  std::size_t size() const { return connections_.size(); }
  std::size_t of_peer(const std::string& peer) const;

 private:
  struct Connection {
    ino_t inode = 0;
    std::string peer;
  };

  void forget(const std::string& peer);

  std::unordered_map<int, Connection> connections_;
  std::unordered_map<std::string, std::size_t> peers_;
};

}  // namespace kutip::listen

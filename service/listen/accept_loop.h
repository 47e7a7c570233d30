#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

#include "service/listen/connection_table.h"
#include "service/listen/descriptor.h"
#include "service/listen/listening_socket.h"

namespace kutip::listen {

struct ConnectionLimits {
  std::size_t connections = 1000;           // open at once
  std::size_t connections_of_a_peer = 500;  // from one address
};

struct ConnectionFigures {
  std::size_t open = 0;
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;             // over a limit: closed at once
  std::uint64_t out_of_descriptors = 0;  // closed at once because the process has no descriptor left
};

// Accepts connections on its own thread and hands them on. gRPC 1.51's own listener stops for good when descriptors run
// out and knows no limit of connections; this one closes what it cannot take and goes on.
class AcceptLoop {
 public:
  // `take(listener, connection)` gets each new connection and owns it; called from the loop's thread.
  AcceptLoop(std::vector<ListeningSocket> sockets, const ConnectionLimits& limits, std::function<void(int, int)> take);
  // stop().
  ~AcceptLoop();

  // Takes no more connections and closes the sockets. Connections that were handed on stay. Thread-safe for one caller.
  void stop();
  // Ends the connections that are still open, as if their peers had: for peers that are too idle to notice that the
  // server asks them to. REQUIRES: stop() has returned.
  void end_connections();
  ConnectionFigures figures() const;

 private:
  void run();
  void accept_from(int listener);
  bool admit(int connection, std::string peer);
  void drop_one(int listener);

  std::vector<ListeningSocket> sockets_;
  const ConnectionLimits limits_;
  const std::function<void(int, int)> take_;
  ConnectionTable table_;  // of the loop's thread
  Descriptor wake_;        // an eventfd: stop
  Descriptor reserve_;     // given up for a moment to close a connection when there is no other descriptor
  std::atomic<std::size_t> open_{0};
  std::atomic<std::uint64_t> accepted_{0}, refused_{0}, out_of_descriptors_{0};
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace kutip::listen

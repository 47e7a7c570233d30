#pragma once

#include <string>
#include <variant>

#include "service/listen/descriptor.h"

namespace kutip::listen {

// A socket that waits for connections. A unix socket's file goes with it.
class ListeningSocket {
 public:
  ListeningSocket(Descriptor descriptor, std::string address, std::string file)
      : descriptor_(std::move(descriptor)), address_(std::move(address)), file_(std::move(file)) {}
  ListeningSocket(ListeningSocket&&) = default;
  ListeningSocket& operator=(ListeningSocket&&) = default;
  ~ListeningSocket();

  int fd() const { return descriptor_.get(); }
  // As given, with the port that was chosen.
  const std::string& address() const { return address_; }

 private:
  Descriptor descriptor_;
  std::string address_;
  std::string file_;  // of a unix socket; empty: none
};

// Why an address cannot be listened on; a sentence for people.
struct ListenError {
  std::string message;
};

// Listens on HOST:PORT ([HOST]:PORT for IPv6; port 0: any free one) or unix:PATH. A unix socket's file is readable and
// writable for its user and group; one that a server has left behind is replaced, one that answers is not.
std::variant<ListeningSocket, ListenError> listen_on(const std::string& address);

}  // namespace kutip::listen

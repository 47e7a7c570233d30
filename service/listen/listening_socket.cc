#include "service/listen/listening_socket.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace kutip::listen {
namespace {

constexpr int kBacklog = 512;
constexpr std::string_view kUnix = "unix:";

ListenError failure(const std::string& address, const std::string& why) {
  return {"cannot listen on " + address + ": " + why};
}

std::string system_error(int error) {
  return std::strerror(error);
}

void set_option(int fd, int level, int option) {
  const int on = 1;
  setsockopt(fd, level, option, &on, sizeof on);
}

// getaddrinfo() takes any number and drops its upper bits.
bool is_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size();
}

std::string with_port(const std::string& address, int fd) {
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  if (getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &size) != 0) return address;
  const auto port = bound.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(bound).sin6_port
                                                : reinterpret_cast<const sockaddr_in&>(bound).sin_port;
  return address.substr(0, address.rfind(':') + 1) + std::to_string(ntohs(port));
}

std::variant<ListeningSocket, ListenError> listen_on_port(const std::string& address) {
  const auto colon = address.rfind(':');
  if (colon == std::string::npos || colon == 0)
    return failure(address, "that is no address like 127.0.0.1:50061 or unix:PATH");
  std::string host = address.substr(0, colon);
  const std::string port = address.substr(colon + 1);
  if (!is_port(port)) return failure(address, "a port is a number from 0 to 65535");
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);

  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* list = nullptr;
  if (const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &list); error != 0)
    return failure(address, gai_strerror(error));
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> found(list, freeaddrinfo);

  Descriptor socket(::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket.valid()) return failure(address, system_error(errno));
  // So that a server can start while connections of the last one linger. Not SO_REUSEPORT: a second server on the same
  // port would start and take half of the calls.
  set_option(socket.get(), SOL_SOCKET, SO_REUSEADDR);
  set_option(socket.get(), IPPROTO_TCP, TCP_NODELAY);  // accepted sockets inherit it
  if (bind(socket.get(), found->ai_addr, found->ai_addrlen) != 0 || ::listen(socket.get(), kBacklog) != 0)
    return failure(address, system_error(errno));
  std::string chosen = with_port(address, socket.get());
  return ListeningSocket(std::move(socket), std::move(chosen), "");
}

// Does not wait: where connections stand in line already, somebody listens, however slowly.
bool answers(const sockaddr_un& name) {
  const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  return connect(socket.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) == 0 || errno == EAGAIN;
}

std::variant<ListeningSocket, ListenError> listen_on_file(const std::string& address) {
  const std::string path = address.substr(kUnix.size());
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof name.sun_path)
    return failure(address, "a socket's path has 1 to " + std::to_string(sizeof name.sun_path - 1) + " bytes");
  path.copy(name.sun_path, path.size());
  struct stat file {};
  if (lstat(path.c_str(), &file) == 0) {
    if (!S_ISSOCK(file.st_mode)) return failure(address, "there is a file that is no socket");
    if (answers(name)) return failure(address, system_error(EADDRINUSE));
    unlink(path.c_str());
  }
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket.valid()) return failure(address, system_error(errno));
  if (bind(socket.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0)
    return failure(address, system_error(errno));
  if (chmod(path.c_str(), 0660) != 0 || ::listen(socket.get(), kBacklog) != 0)
    return failure(address, system_error(errno));
  return ListeningSocket(std::move(socket), address, path);
}

}  // namespace

ListeningSocket::~ListeningSocket() {
  if (descriptor_.valid() && !file_.empty()) unlink(file_.c_str());
}

std::variant<ListeningSocket, ListenError> listen_on(const std::string& address) {
  return address.starts_with(kUnix) ? listen_on_file(address) : listen_on_port(address);
}

}  // namespace kutip::listen

#include "service/listen/accept_loop.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <cerrno>
#include <chrono>
#include <utility>

namespace kutip::listen {
namespace {

constexpr std::chrono::milliseconds kBetweenSweeps{1000};

Descriptor spare() {
  return Descriptor(open("/dev/null", O_RDONLY | O_CLOEXEC));
}

std::string name_of(const sockaddr_storage& peer) {
  char text[INET6_ADDRSTRLEN] = "unix";
  if (peer.ss_family == AF_INET)
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(peer).sin_addr, text, sizeof text);
  if (peer.ss_family == AF_INET6)
    inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr, text, sizeof text);
  return text;
}

}  // namespace

AcceptLoop::AcceptLoop(std::vector<ListeningSocket> sockets, const ConnectionLimits& limits,
                       std::function<void(int, int)> take)
    : sockets_(std::move(sockets)),
      limits_(limits),
      take_(std::move(take)),
      wake_(eventfd(0, EFD_CLOEXEC)),
      reserve_(spare()),
      thread_([this] { run(); }) {}

AcceptLoop::~AcceptLoop() {
  stop();
}

void AcceptLoop::stop() {
  if (!thread_.joinable()) return;
  const std::uint64_t one = 1;
  static_cast<void>(!write(wake_.get(), &one, sizeof one));
  thread_.join();
  sockets_.clear();
}

void AcceptLoop::end_connections() {
  table_.sweep();
  table_.shut_down();
}

ConnectionFigures AcceptLoop::figures() const {
  return {open_, accepted_, refused_, out_of_descriptors_};
}

void AcceptLoop::run() {
  std::vector<pollfd> polled;
  for (const ListeningSocket& socket : sockets_) polled.push_back({socket.fd(), POLLIN, 0});
  polled.push_back({wake_.get(), POLLIN, 0});
  auto swept = std::chrono::steady_clock::now();
  for (;;) {
    poll(polled.data(), polled.size(), static_cast<int>(kBetweenSweeps.count()));
    if (polled.back().revents != 0) return;
    if (const auto now = std::chrono::steady_clock::now(); now - swept >= kBetweenSweeps) {
      swept = now;
      table_.sweep();
    }
    for (std::size_t i = 0; i < sockets_.size(); ++i)
      if (polled[i].revents != 0) accept_from(polled[i].fd);
    open_ = table_.size();
  }
}

void AcceptLoop::accept_from(int listener) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  Descriptor connection(accept4(listener, reinterpret_cast<sockaddr*>(&peer), &size, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (connection.valid()) {
    if (admit(connection.get(), name_of(peer))) take_(listener, connection.release());
    return;
  }
  if (errno == EMFILE || errno == ENFILE) {
    drop_one(listener);
  } else if (errno == ENOBUFS || errno == ENOMEM) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }  // else the peer has gone already
}

bool AcceptLoop::admit(int connection, std::string peer) {
  const auto over = [&] {
    return table_.size() >= limits_.connections || table_.of_peer(peer) >= limits_.connections_of_a_peer;
  };
  if (over()) table_.sweep();
  if (over()) {
    ++refused_;
    return false;
  }
  ++accepted_;
  table_.add(connection, std::move(peer));
  return true;
}

// With no descriptor left a connection can be neither accepted nor refused, and poll() would report it again and again.
void AcceptLoop::drop_one(int listener) {
  ++out_of_descriptors_;
  reserve_.reset();
  Descriptor(accept4(listener, nullptr, nullptr, SOCK_CLOEXEC)).reset();
  reserve_ = spare();
  // Somebody else took the descriptor: let those who hold them get on.
  if (!reserve_.valid()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
}

}  // namespace kutip::listen

#include "service/listen/accept_loop.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <filesystem>
#include <mutex>

namespace kutip::listen {
namespace {

ListeningSocket listening(const std::string& address) {
  auto result = listen_on(address);
  if (const auto* error = std::get_if<ListenError>(&result)) ADD_FAILURE() << error->message;
  return std::move(std::get<ListeningSocket>(result));
}

Descriptor connect_to(const std::string& address) {
  sockaddr_in peer{};
  peer.sin_family = AF_INET;
  peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  peer.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
  Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  EXPECT_TRUE(socket.valid());
  EXPECT_EQ(connect(socket.get(), reinterpret_cast<const sockaddr*>(&peer), sizeof peer), 0);
  return socket;
}

// True if the other side closes; false if it sends a byte, as Taken does.
bool is_closed(const Descriptor& socket) {
  char byte = 0;
  return recv(socket.get(), &byte, 1, 0) <= 0;
}

// Takes connections, greets them with a byte and keeps them.
class Taken {
 public:
  void operator()(int connection) {
    EXPECT_EQ(send(connection, "x", 1, MSG_NOSIGNAL), 1);
    const std::lock_guard lock(mutex_);
    connections_.emplace_back(connection);
  }
  void close_all() {
    const std::lock_guard lock(mutex_);
    connections_.clear();
  }

 private:
  std::mutex mutex_;
  std::vector<Descriptor> connections_;
};

struct Loop {
  explicit Loop(const ConnectionLimits& limits) : Loop(limits, listening("127.0.0.1:0")) {}
  Loop(const ConnectionLimits& limits, ListeningSocket socket)
      : address(socket.address()), loop(one(std::move(socket)), limits, [this](int, int fd) { taken(fd); }) {}

  static std::vector<ListeningSocket> one(ListeningSocket socket) {
    std::vector<ListeningSocket> sockets;
    sockets.push_back(std::move(socket));
    return sockets;
  }

  Taken taken;
  std::string address;
  AcceptLoop loop;
};

TEST(AcceptLoop, ClosesConnectionsOverTheLimitAndTakesNewOnesWhenOthersAreClosed) {
  Loop loop({.connections = 3, .connections_of_a_peer = 3});
  std::vector<Descriptor> open;
  for (int i = 0; i < 3; ++i) {
    open.push_back(connect_to(loop.address));
    EXPECT_FALSE(is_closed(open.back()));
  }
  EXPECT_TRUE(is_closed(connect_to(loop.address)));
  EXPECT_EQ(loop.loop.figures().refused, 1U);
  loop.taken.close_all();
  EXPECT_FALSE(is_closed(connect_to(loop.address)));
}

TEST(AcceptLoop, LimitsTheConnectionsOfOnePeer) {
  Loop loop({.connections = 10, .connections_of_a_peer = 1});
  const Descriptor first = connect_to(loop.address);
  EXPECT_FALSE(is_closed(first));
  EXPECT_TRUE(is_closed(connect_to(loop.address)));
}

// Row 47 of the table of faults: gRPC's own listener is dead for ever after this.
TEST(AcceptLoop, SurvivesRunningOutOfDescriptors) {
  Loop loop({});
  Descriptor late(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in peer{};
  peer.sin_family = AF_INET;
  peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  peer.sin_port = htons(static_cast<std::uint16_t>(std::stoi(loop.address.substr(loop.address.rfind(':') + 1))));

  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  const rlimit few{64, before.rlim_max};
  setrlimit(RLIMIT_NOFILE, &few);
  std::vector<Descriptor> hoard;
  for (int fd = 0; (fd = open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0;) hoard.emplace_back(fd);
  EXPECT_EQ(errno, EMFILE);
  EXPECT_EQ(connect(late.get(), reinterpret_cast<const sockaddr*>(&peer), sizeof peer), 0);
  EXPECT_TRUE(is_closed(late));
  EXPECT_GE(loop.loop.figures().out_of_descriptors, 1U);
  hoard.clear();
  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_FALSE(is_closed(connect_to(loop.address)));
}

TEST(AcceptLoop, TakesNothingAfterStop) {
  Loop loop({});
  loop.loop.stop();
  const Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in peer{};
  peer.sin_family = AF_INET;
  peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  peer.sin_port = htons(static_cast<std::uint16_t>(std::stoi(loop.address.substr(loop.address.rfind(':') + 1))));
  EXPECT_NE(connect(socket.get(), reinterpret_cast<const sockaddr*>(&peer), sizeof peer), 0);
}

TEST(ListenOn, ChoosesAFreePort) {
  const ListeningSocket socket = listening("127.0.0.1:0");
  EXPECT_THAT(socket.address(), testing::MatchesRegex("127\\.0\\.0\\.1:[1-9][0-9]*"));
}

TEST(ListenOn, RefusesAPortThatIsTakenAndAddressesThatAreNone) {
  const ListeningSocket first = listening("127.0.0.1:0");
  for (const std::string& address :
       {first.address(), std::string("nonsense"), std::string(":1"), std::string("127.0.0.1:http!"),
        std::string("127.0.0.1:99999"), std::string("127.0.0.1:-1"), std::string("unix:")}) {
    const auto result = listen_on(address);
    ASSERT_TRUE(std::holds_alternative<ListenError>(result)) << address;
    EXPECT_THAT(std::get<ListenError>(result).message, testing::HasSubstr(address));
  }
}

TEST(ListenOn, ReplacesASocketThatIsLeftBehindButNoneThatAnswersAndNoOtherFile) {
  const auto folder = std::filesystem::temp_directory_path() / ("kutip-listen-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  const std::string path = folder / "s", address = "unix:" + path;
  {
    const ListeningSocket first = listening(address);
    struct stat file {};
    ASSERT_EQ(stat(path.c_str(), &file), 0);
    EXPECT_EQ(file.st_mode & 0777, 0660U);
    EXPECT_TRUE(std::holds_alternative<ListenError>(listen_on(address)));
  }
  EXPECT_FALSE(std::filesystem::exists(path)) << "the file goes with the socket";
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  path.copy(name.sun_path, path.size());
  {
    const Descriptor dead(::socket(AF_UNIX, SOCK_STREAM, 0));
    ASSERT_EQ(bind(dead.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name), 0);
  }
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_TRUE(std::holds_alternative<ListeningSocket>(listen_on(address)));
  Descriptor(open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600)).reset();
  EXPECT_TRUE(std::holds_alternative<ListenError>(listen_on(address)));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace kutip::listen

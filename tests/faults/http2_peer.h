#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/listen/descriptor.h"

namespace kutip::service {

// An HTTP/2 client that does only what it is told, right or wrong.
class Http2Peer {
 public:
  enum Type : std::uint8_t {
    kData = 0,
    kHeaders = 1,
    kReset = 3,
    kSettings = 4,
    kPing = 6,
    kGoAway = 7,
    kContinuation = 9
  };
  enum Flag : std::uint8_t { kNone = 0, kEndStream = 1, kAck = 1, kEndHeaders = 4 };

  struct Frame {
    Type type = kData;
    std::uint8_t flags = 0;
    std::uint32_t stream = 0;
    std::string payload;
  };

  using Headers = std::vector<std::pair<std::string, std::string>>;

  // `address` is 127.0.0.1:PORT.
  explicit Http2Peer(const std::string& address);

  void send_bytes(const std::string& bytes);
  // Preface and empty settings.
  void send_preface();
  void send_frame(Type type, std::uint8_t flags, std::uint32_t stream, const std::string& payload);
  // The headers of a POST of gRPC, and `more`.
  void send_call(std::uint32_t stream, const std::string& path, const Headers& more = {},
                 std::uint8_t flags = kEndHeaders);

  // The next frame; settings are acknowledged on the way, pings only if asked. nullopt: the server has closed the
  // connection, or sends nothing for 20 seconds.
  std::optional<Frame> read_frame();
  // Reads until the server has closed the connection; false if it does not within 20 seconds of silence.
  bool read_to_close();
  // The grpc-status of the stream's end: a number, "reset", or "closed".
  std::string read_status(std::uint32_t stream);

  bool answers_pings = true;

 private:
  bool read_exactly(std::string& out, std::size_t size);

  listen::Descriptor socket_;
  bool greeted_ = false;
  bool timed_out_ = false;
};

}  // namespace kutip::service

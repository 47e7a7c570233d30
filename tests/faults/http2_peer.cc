#include "faults/http2_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <cerrno>

namespace kutip::service {
namespace {

std::string big_endian(std::uint32_t value, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

std::uint32_t from_big_endian(const std::string& bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// HPACK: a string without Huffman coding.
std::string hpack_string(const std::string& text) {
  if (text.size() < 127) return static_cast<char>(text.size()) + text;
  std::string out = "\x7F";
  std::size_t rest = text.size() - 127;
  for (; rest >= 128; rest >>= 7) out += static_cast<char>(0x80 | (rest & 0x7F));
  return out + static_cast<char>(rest) + text;
}

}  // namespace

Http2Peer::Http2Peer(const std::string& address) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval patience{20, 0};
  setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in peer{};
  peer.sin_family = AF_INET;
  peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  peer.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
  if (connect(socket_.get(), reinterpret_cast<const sockaddr*>(&peer), sizeof peer) != 0) socket_.reset();
}

void Http2Peer::send_bytes(const std::string& bytes) {
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t size = send(socket_.get(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (size <= 0) return;
    sent += static_cast<std::size_t>(size);
  }
}

void Http2Peer::send_preface() {
  greeted_ = true;
  send_bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  send_frame(kSettings, kNone, 0, "");
}

void Http2Peer::send_frame(Type type, std::uint8_t flags, std::uint32_t stream, const std::string& payload) {
  send_bytes(big_endian(static_cast<std::uint32_t>(payload.size()), 3) + static_cast<char>(type) +
             static_cast<char>(flags) + big_endian(stream, 4) + payload);
}

void Http2Peer::send_call(std::uint32_t stream, const std::string& path, const Headers& more, std::uint8_t flags) {
  Headers headers = {{":method", "POST"},    {":scheme", "http"}, {":path", path},
                     {":authority", "test"}, {"te", "trailers"},  {"content-type", "application/grpc"}};
  for (const auto& header : more) {
    if (header.first == ":method") {
      headers.front() = header;
    } else {
      headers.push_back(header);
    }
  }
  std::string block;
  for (const auto& [name, value] : headers) block += std::string(1, '\0') + hpack_string(name) + hpack_string(value);
  send_frame(kHeaders, flags, stream, block);
}

bool Http2Peer::read_exactly(std::string& out, std::size_t size) {
  out.resize(size);
  for (std::size_t got = 0; got < size;) {
    const ssize_t now = recv(socket_.get(), out.data() + got, size - got, 0);
    if (now < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) timed_out_ = true;
    if (now <= 0) return false;
    got += static_cast<std::size_t>(now);
  }
  return true;
}

std::optional<Http2Peer::Frame> Http2Peer::read_frame() {
  for (std::string head; read_exactly(head, 9);) {
    Frame frame;
    frame.type = static_cast<Type>(head[3]);
    frame.flags = static_cast<std::uint8_t>(head[4]);
    frame.stream = from_big_endian(head, 5, 4);
    if (!read_exactly(frame.payload, from_big_endian(head, 0, 3))) return std::nullopt;
    const bool asks = (frame.flags & kAck) == 0;
    if (frame.type == kSettings && asks && !greeted_) {
      continue;
    } else if (frame.type == kSettings && asks) {
      send_frame(kSettings, kAck, 0, "");
    } else if (frame.type == kPing && asks && answers_pings) {
      send_frame(kPing, kAck, 0, frame.payload);
    } else {
      return frame;
    }
  }
  return std::nullopt;
}

bool Http2Peer::read_to_close() {
  while (read_frame()) {
  }
  return !timed_out_;
}

std::string Http2Peer::read_status(std::uint32_t stream) {
  while (const auto frame = read_frame()) {
    if (frame->stream != stream) continue;
    if (frame->type == kReset) return "reset";
    if (frame->type != kHeaders || (frame->flags & kEndStream) == 0) continue;
    const auto at = frame->payload.find("grpc-status");
    if (at == std::string::npos) return "no status";
    const auto size = static_cast<unsigned char>(frame->payload[at + 11]);
    return frame->payload.substr(at + 12, size);
  }
  return timed_out_ ? "silence" : "closed";
}

}  // namespace kutip::service

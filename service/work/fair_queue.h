#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace kutip::work {

// Work that waits for a thread. Must not throw.
using Job = std::function<void()>;

// Who asks, to the fairness of the queue: the address of a peer, the name in its certificate.
using Client = std::string;

// Jobs by client: within a client first come, first served; among clients in turn, so a client with many jobs delays
// one with few by one job at a time. Also counts what each client has under way. Not thread-safe. Each call O(1).
class FairQueue {
 public:
  struct Entry {
    Client client;
    Job job;
    std::size_t bytes = 0;
  };

  void push(Entry entry);
  // The next client's first job; nullopt if none waits.
  std::optional<Entry> pop();

  std::size_t size() const { return size_; }
  std::size_t bytes() const { return bytes_; }

  // Calls under way of a client, waiting or running; start() and end() come in pairs.
  void start(const Client& client) { ++clients_[client].under_way; }
  void end(const Client& client);
  std::size_t under_way(const Client& client) const;
  // Clients that have something under way.
  std::size_t clients() const { return clients_.size(); }

 private:
  struct Line {
    std::size_t under_way = 0;
    std::deque<Entry> waiting;
  };

  std::unordered_map<Client, Line> clients_;
  std::list<Client> turn_;  // clients with waiting jobs, the next one first
  std::size_t size_ = 0, bytes_ = 0;
};

}  // namespace kutip::work

#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace kutip::access {

// Files in PEM.
struct CertificateFiles {
  std::string certificate;  // with the chain behind it
  std::string key;
  std::string client_ca;  // who signs clients' certificates; empty: clients need none
};

// Copies of certificate files that are known to be right, in a folder of their own: gRPC 1.51 reads changed files by
// itself, but takes a broken pair as it is and then refuses every new connection. Looks for changes every few seconds;
// files that do not go together are passed over, and the last good ones stay.
class Certificates {
 public:
  // `changed(error)` is told of each change: empty if the new files serve now, else why they do not. `error` says why
  // the files cannot be used at all; empty: they can.
  Certificates(const CertificateFiles& files, std::function<void(const std::string&)> changed, std::string& error);
  // Removes the copies.
  ~Certificates();

  // The copies.
  CertificateFiles copies() const;
  // Looks at once. Thread-safe.
  void look();

 private:
  void run();

  const CertificateFiles files_;
  const std::function<void(const std::string&)> changed_;
  std::filesystem::path folder_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::string seen_;     // content of the files at the last look; under mutex_
  bool ending_ = false;  // under mutex_
  std::thread thread_;
};

// Why a certificate and its key cannot be used; empty: they can.
std::string fault_of_pair(const std::string& certificate_pem, const std::string& key_pem);

}  // namespace kutip::access

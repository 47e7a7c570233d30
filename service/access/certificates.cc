#include "service/access/certificates.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

namespace kutip::access {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kBetweenLooks{3};
constexpr const char* kNoCopies = "copies of the certificates cannot be written";

using Bio = std::unique_ptr<BIO, int (*)(BIO*)>;
using Certificate = std::unique_ptr<X509, void (*)(X509*)>;
using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;

Bio bytes_of(const std::string& pem) {
  return {BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free};
}

Certificate first_certificate(const std::string& pem) {
  return {PEM_read_bio_X509(bytes_of(pem).get(), nullptr, nullptr, nullptr), X509_free};
}

struct Content {
  std::string certificate, key, client_ca;
  std::string all() const { return certificate + '\0' + key + '\0' + client_ca; }
};

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

Content read_all(const CertificateFiles& files) {
  return {read(files.certificate), read(files.key), files.client_ca.empty() ? "" : read(files.client_ca)};
}

std::string fault_of(const Content& content, const CertificateFiles& files) {
  if (std::string fault = fault_of_pair(content.certificate, content.key); !fault.empty()) return fault;
  if (!files.client_ca.empty() && first_certificate(content.client_ca) == nullptr)
    return "the clients' authority is no certificate in PEM";
  return {};
}

bool write_file(const fs::path& path, const std::string& content) {
  std::ofstream file(path, std::ios::binary);
  file << content;
  file.close();
  return !file.fail();
}

// False if the disk does not take all of them; then none is replaced, for a half of a pair would be worse than none.
bool write_copies(const Content& content, const CertificateFiles& copies) {
  std::vector<std::pair<fs::path, const std::string*>> files = {{copies.key, &content.key},
                                                                {copies.certificate, &content.certificate}};
  if (!copies.client_ca.empty()) files.emplace_back(copies.client_ca, &content.client_ca);
  for (const auto& [path, pem] : files)
    if (!write_file(path.string() + ".new", *pem)) return false;
  std::error_code error;
  for (const auto& [path, pem] : files)
    if (!error) fs::rename(path.string() + ".new", path, error);
  return !error;
}

}  // namespace

std::string fault_of_pair(const std::string& certificate_pem, const std::string& key_pem) {
  const Certificate certificate = first_certificate(certificate_pem);
  if (certificate == nullptr) return "the certificate is none in PEM";
  const Key key(PEM_read_bio_PrivateKey(bytes_of(key_pem).get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  if (key == nullptr) return "the key is none in PEM";
  if (X509_check_private_key(certificate.get(), key.get()) != 1)
    return "the certificate and the key do not go together";
  if (X509_cmp_current_time(X509_get0_notAfter(certificate.get())) < 0) return "the certificate has expired";
  return {};
}

Certificates::Certificates(const CertificateFiles& files, std::function<void(const std::string&)> changed,
                           std::string& error)
    : files_(files), changed_(std::move(changed)) {
  const Content content = read_all(files_);
  error = fault_of(content, files_);
  if (!error.empty()) return;
  std::string name = (fs::temp_directory_path() / "kutip-tls-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) {
    error = "no folder for copies of the certificates can be made";
    return;
  }
  folder_ = name;
  const mode_t mask = umask(0077);
  const bool written = write_copies(content, copies());
  umask(mask);
  if (!written) {
    error = kNoCopies;
    return;
  }
  seen_ = content.all();
  thread_ = std::thread([this] { run(); });
}

Certificates::~Certificates() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

CertificateFiles Certificates::copies() const {
  return {folder_ / "tls.crt", folder_ / "tls.key", files_.client_ca.empty() ? "" : (folder_ / "ca.crt").string()};
}

void Certificates::look() {
  const std::lock_guard lock(mutex_);
  const Content content = read_all(files_);
  if (content.all() == seen_) return;
  const std::string fault = fault_of(content, files_);
  if (fault.empty() && !write_copies(content, copies())) return changed_(kNoCopies);  // the next look tries again
  seen_ = content.all();
  changed_(fault);
}

void Certificates::run() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (wake_.wait_for(lock, kBetweenLooks, [this] { return ending_; })) return;
    }
    look();
  }
}

}  // namespace kutip::access

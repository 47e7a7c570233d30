#pragma once

#include <string>

namespace kutip::support {

// A certificate for "localhost" that signs itself, and its key, in PEM.
struct TestCertificate {
  std::string certificate, key;
};

// A new one each time. `days` may be negative: expired.
TestCertificate make_certificate(int days = 1);

}  // namespace kutip::support

#pragma once

#include <compare>
#include <optional>
#include <string_view>

namespace kutip::loading {

// A day of the Gregorian calendar.
struct Date {
  int year = 0, month = 0, day = 0;
  friend auto operator<=>(const Date&, const Date&) = default;
};

// Reads YYYY-MM-DD; nullopt if there is no such day.
std::optional<Date> parse_date(std::string_view text);

}  // namespace kutip::loading

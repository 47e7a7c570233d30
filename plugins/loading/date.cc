#include "loading/date.h"

#include <algorithm>
#include <chrono>

namespace kutip::loading {

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t begin, std::size_t count) {
    const std::string_view digits = text.substr(begin, count);
    int value = 0;
    for (const char c : digits) value = c < '0' || c > '9' || value < 0 ? -1 : value * 10 + (c - '0');
    return value;
  };
  const Date date{number(0, 4), number(5, 2), number(8, 2)};
  if (std::min({date.year, date.month, date.day}) < 0) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year(date.year),
                                        std::chrono::month(static_cast<unsigned>(date.month)),
                                        std::chrono::day(static_cast<unsigned>(date.day))};
  return day.ok() ? std::optional(date) : std::nullopt;
}

}  // namespace kutip::loading

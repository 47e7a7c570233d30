#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "loading/diagnostic.h"

namespace kutip::loading {

// Every kind of mistake the loader reports. The order is that of the table in diagnostic_codes.cc.
enum class Code : std::uint8_t {
  // YAML
  kSyntax,
  kEncoding,
  kDuplicateKey,
  kUnterminatedQuote,
  kSecondDocument,
  kAnchor,
  kTag,
  kMergeKey,
  kKeyNotScalar,
  kTooDeep,
  kFileTooLarge,
  kForbiddenCharacter,
  kOddCharacterAtKey,
  kTabIndent,
  kUnknownEscape,
  kReservedStart,
  kTextBehindQuote,
  kSeveralLines,
  kEmptyFile,
  kMergeConflict,
  // Names
  kDuplicateLexicon,
  kDuplicateMacro,
  kDuplicateRule,
  kDuplicateLabel,
  kDuplicateException,
  kUnknownMacro,
  kUnknownCapture,
  kUnknownType,
  kUnknownLexicon,
  kUnknownColumn,
  kUnknownPhase,
  kMacroCycle,
  kLexiconCycle,
  kTypeNotYetMade,
  kBadName,
  kUnusedCapture,
  kCaptureTwice,
  // Schema
  kWrongKind,
  kMissingKey,
  kUnknownKey,
  kNotBoolean,
  kNotInteger,
  kOutOfRange,
  kNeedsQuotes,
  kUnknownValue,
  kEmptyValue,
  kWrongSchema,
  kUnknownField,
  kWrongFieldValue,
  kKeysExclude,
  kBadMarkup,
  kBadTest,
  // Patterns
  kEmptyPattern,
  kMaxMissing,
  kMinOverMax,
  kNoAnchor,
  kManyAnchors,
  kMatchesNothing,
  kPatternTooLarge,
  kSeveralTokens,
  kNotNormalForm,
  kTooManyCaptures,
  kCaptureNotHere,
  kCannotRepeat,
  // Lexicons
  kLexiconFileMissing,
  kTooManyColumns,
  kEmptyForm,
  kEntryTooLong,
  kDuplicateForm,
  kSpaceAroundColumn,
  kNotComposed,
  kEmptyLexicon,
  // Manifest
  kPluginNameDiffers,
  kEngineTooOld,
  kBadVersion,
  kListedFileMissing,
  kNeededPluginMissing,
  kNeededVersion,
  kNeedsCycle,
  kPhaseOrder,
  kBadLanguage,
  kDuplicatePlugin,
  kTooMany,
  kNoPlugin,
  kFileGivenTwice,
  kFileNotListed,
  kNoManifest,
  // Overlays
  kUnknownBase,
  kBaseVersion,
  kUnknownRule,
  kChangedTwice,
  kNoSuchEntry,
  kBadDate,
  kExpired,
  // What only `kutip lint` finds
  kUnusedLexicon,
  kNeverWins,
  kNeverProduced,
  kSameForm,
};

struct CodeInfo {
  Code code;
  std::string_view id;     // stable: E103; W… are warnings
  std::string_view title;  // one line, for the page that lists all codes
};

const CodeInfo& code_info(Code code);
Severity severity(Code code);
std::span<const CodeInfo> all_codes();

}  // namespace kutip::loading

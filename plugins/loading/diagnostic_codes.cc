#include "loading/diagnostic_codes.h"

#include <array>
#include <cstddef>

namespace kutip::loading {
namespace {

constexpr std::array kCodes = {
    CodeInfo{Code::kSyntax, "E101", "the YAML cannot be read"},
    CodeInfo{Code::kEncoding, "E102", "the file is not UTF-8"},
    CodeInfo{Code::kDuplicateKey, "E103", "a key stands twice in one mapping"},
    CodeInfo{Code::kUnterminatedQuote, "E104", "a quoted value has no closing quote"},
    CodeInfo{Code::kSecondDocument, "E105", "more than one document in a file"},
    CodeInfo{Code::kAnchor, "E106", "an anchor or alias"},
    CodeInfo{Code::kTag, "E107", "a tag"},
    CodeInfo{Code::kMergeKey, "E108", "a merge key"},
    CodeInfo{Code::kKeyNotScalar, "E109", "a key that is a list or mapping"},
    CodeInfo{Code::kTooDeep, "E110", "values nested too deeply"},
    CodeInfo{Code::kFileTooLarge, "E111", "a file, key or number of values over the limit"},
    CodeInfo{Code::kForbiddenCharacter, "E112", "a control character"},
    CodeInfo{Code::kOddCharacterAtKey, "E113", "an odd space or typographic quote at a key"},
    CodeInfo{Code::kTabIndent, "E114", "a tab in the indentation"},
    CodeInfo{Code::kUnknownEscape, "E115", "an unknown escape in a double-quoted value"},
    CodeInfo{Code::kReservedStart, "E116", "a plain value starts with a character that YAML reserves"},
    CodeInfo{Code::kTextBehindQuote, "E117", "text behind a closing quote"},
    CodeInfo{Code::kSeveralLines, "E118", "a plain or quoted value goes on over several lines"},
    CodeInfo{Code::kEmptyFile, "E119", "an empty file"},
    CodeInfo{Code::kMergeConflict, "E120", "a conflict that a merge left behind"},

    CodeInfo{Code::kDuplicateLexicon, "E201", "two lexicons of one name"},
    CodeInfo{Code::kDuplicateMacro, "E202", "two macros of one name"},
    CodeInfo{Code::kDuplicateRule, "E203", "two rules of one id"},
    CodeInfo{Code::kDuplicateLabel, "E204", "a label that exists already"},
    CodeInfo{Code::kDuplicateException, "E205", "two exceptions of one id in a rule"},
    CodeInfo{Code::kUnknownMacro, "E211", "unknown macro"},
    CodeInfo{Code::kUnknownCapture, "E212", "unknown capture"},
    CodeInfo{Code::kUnknownType, "E213", "unknown annotation type"},
    CodeInfo{Code::kUnknownLexicon, "E214", "unknown lexicon"},
    CodeInfo{Code::kUnknownColumn, "E215", "unknown column"},
    CodeInfo{Code::kUnknownPhase, "E216", "unknown phase"},
    CodeInfo{Code::kMacroCycle, "E217", "a macro that uses itself"},
    CodeInfo{Code::kLexiconCycle, "E218", "a lexicon that is made of itself"},
    CodeInfo{Code::kTypeNotYetMade, "E219", "a type that no earlier phase makes"},
    CodeInfo{Code::kBadName, "E220", "a name with characters that names cannot have"},
    CodeInfo{Code::kUnusedCapture, "W231", "a capture that nothing uses"},
    CodeInfo{Code::kCaptureTwice, "W232", "a capture that several steps of one match may take"},

    CodeInfo{Code::kWrongKind, "E301", "a value of the wrong kind"},
    CodeInfo{Code::kMissingKey, "E302", "a required key is missing"},
    CodeInfo{Code::kUnknownKey, "E303", "an unknown key"},
    CodeInfo{Code::kNotBoolean, "E304", "not true or false"},
    CodeInfo{Code::kNotInteger, "E305", "not a whole decimal number"},
    CodeInfo{Code::kOutOfRange, "E306", "a number out of its range"},
    CodeInfo{Code::kNeedsQuotes, "E307", "a text that YAML reads as something else without quotes"},
    CodeInfo{Code::kUnknownValue, "E308", "a value that is none of the possible ones"},
    CodeInfo{Code::kEmptyValue, "E309", "an empty value"},
    CodeInfo{Code::kWrongSchema, "E310", "a schema this version does not know"},
    CodeInfo{Code::kUnknownField, "E311", "a field that the type does not have"},
    CodeInfo{Code::kWrongFieldValue, "E312", "a value that the field cannot take"},
    CodeInfo{Code::kKeysExclude, "E313", "keys that cannot stand together"},
    CodeInfo{Code::kBadMarkup, "E314", "broken markup in the text of a test"},
    CodeInfo{Code::kBadTest, "E315", "a test that can show nothing"},

    CodeInfo{Code::kEmptyPattern, "E401", "an empty pattern"},
    CodeInfo{Code::kMaxMissing, "E402", "no upper bound"},
    CodeInfo{Code::kMinOverMax, "E403", "min is over max"},
    CodeInfo{Code::kNoAnchor, "E404", "no step that must occur exactly once"},
    CodeInfo{Code::kManyAnchors, "E405", "more than one anchor, or one that may be left out"},
    CodeInfo{Code::kMatchesNothing, "E406", "a pattern that can match no token at all"},
    CodeInfo{Code::kPatternTooLarge, "E407", "a pattern too large"},
    CodeInfo{Code::kSeveralTokens, "E408", "a literal that is not one token"},
    CodeInfo{Code::kNotNormalForm, "E409", "a literal that is not in normal form"},
    CodeInfo{Code::kTooManyCaptures, "E410", "too many captures"},
    CodeInfo{Code::kCaptureNotHere, "E411", "a capture where nothing can be captured"},
    CodeInfo{Code::kCannotRepeat, "E412", "a step that cannot repeat"},

    CodeInfo{Code::kLexiconFileMissing, "E501", "a lexicon's file is not there"},
    CodeInfo{Code::kTooManyColumns, "E502", "more columns than declared"},
    CodeInfo{Code::kEmptyForm, "E504", "an entry without a form"},
    CodeInfo{Code::kEntryTooLong, "E505", "an entry of too many tokens"},
    CodeInfo{Code::kDuplicateForm, "W511", "a form that the lexicon has already"},
    CodeInfo{Code::kSpaceAroundColumn, "W512", "a space around a column"},
    CodeInfo{Code::kNotComposed, "W513", "a form that is not in NFC"},
    CodeInfo{Code::kEmptyLexicon, "W514", "a lexicon without entries"},

    CodeInfo{Code::kPluginNameDiffers, "E601", "a plugin's name differs"},
    CodeInfo{Code::kEngineTooOld, "E602", "a plugin for another version of Kutip"},
    CodeInfo{Code::kBadVersion, "E603", "not a version or range of versions"},
    CodeInfo{Code::kListedFileMissing, "E604", "a listed file is not there"},
    CodeInfo{Code::kNeededPluginMissing, "E605", "a needed plugin is not there"},
    CodeInfo{Code::kNeededVersion, "E606", "a needed plugin has another version"},
    CodeInfo{Code::kNeedsCycle, "E607", "plugins that need each other"},
    CodeInfo{Code::kPhaseOrder, "E608", "phases in contradictory order"},
    CodeInfo{Code::kBadLanguage, "E609", "not a language tag"},
    CodeInfo{Code::kDuplicatePlugin, "E610", "two plugins of one name"},
    CodeInfo{Code::kTooMany, "E611", "too many lexicons, types or rules"},
    CodeInfo{Code::kNoPlugin, "E612", "no plugin"},
    CodeInfo{Code::kFileGivenTwice, "E613", "a file is given twice"},
    CodeInfo{Code::kFileNotListed, "W621", "a file that nothing mentions"},
    CodeInfo{Code::kNoManifest, "W622", "a folder without plugin.yaml"},

    CodeInfo{Code::kUnknownBase, "E701", "an overlay of a plugin that is not there"},
    CodeInfo{Code::kBaseVersion, "E702", "an overlay for another version of its plugin"},
    CodeInfo{Code::kUnknownRule, "E703", "a change of a rule that is not there"},
    CodeInfo{Code::kChangedTwice, "E704", "two changes of one thing"},
    CodeInfo{Code::kNoSuchEntry, "E705", "an entry to remove that is not there"},
    CodeInfo{Code::kBadDate, "E706", "not a date"},
    CodeInfo{Code::kExpired, "W711", "a change that has expired"},

    CodeInfo{Code::kUnusedLexicon, "W801", "a lexicon that nothing uses"},
    CodeInfo{Code::kNeverWins, "W802", "a rule that wins nowhere"},
    CodeInfo{Code::kNeverProduced, "W803", "an entry that no text can hold"},
    CodeInfo{Code::kSameForm, "W804", "one form in two lexicons of a step"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kCodes.size(); ++i)
    if (kCodes[i].code != static_cast<Code>(i)) return false;
  return static_cast<std::size_t>(Code::kSameForm) + 1 == kCodes.size();
}
static_assert(in_order(), "kCodes follows the order of Code");

}  // namespace

const CodeInfo& code_info(Code code) {
  return kCodes[static_cast<std::size_t>(code)];
}

Severity severity(Code code) {
  return code_info(code).id.front() == 'W' ? Severity::kWarning : Severity::kError;
}

std::span<const CodeInfo> all_codes() {
  return kCodes;
}

}  // namespace kutip::loading

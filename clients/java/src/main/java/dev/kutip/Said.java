package dev.kutip;

import dev.kutip.v1.Quote;

/**
 * Who said what.
 *
 * @param speaker the speaker's name; empty if nobody was found
 * @param text the words, without quotation marks, parts of an interrupted quote joined by a space
 * @param quote everything else that is known about the quote
 */
public record Said(String speaker, String text, Quote quote) {}

package dev.kutip;

import com.google.protobuf.ByteString;
import dev.kutip.v1.AnnotateOptions;
import dev.kutip.v1.Document;
import dev.kutip.v1.OffsetUnit;
import java.io.ByteArrayOutputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Texts of Java and documents of the contract. */
final class Documents {
  private Documents() {}

  /** Always as UTF-8, so that a text that cannot be sent fails alone and the error says where. */
  static Document of(String text) {
    return Document.newBuilder().setUtf8(utf8(text)).build();
  }

  /** The text of a document that the server accepted. */
  static String textOf(Document document) {
    return document.hasText() ? document.getText() : document.getUtf8().toStringUtf8();
  }

  static AnnotateOptions inUtf16(AnnotateOptions options) {
    return options.toBuilder().setOffsetUnit(OffsetUnit.OFFSET_UNIT_UTF16).build();
  }

  private static ByteString utf8(String text) {
    try {
      return ByteString.copyFrom(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
    } catch (CharacterCodingException e) {
      return withSurrogates(text);
    }
  }

  /** A surrogate without its partner becomes three bytes that the server refuses, and not another character. */
  private static ByteString withSurrogates(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    text.codePoints()
        .forEach(
            point -> {
              if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                bytes.write(0xE0 | point >> 12);
                bytes.write(0x80 | point >> 6 & 0x3F);
                bytes.write(0x80 | point & 0x3F);
              } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
              }
            });
    return ByteString.copyFrom(bytes.toByteArray());
  }
}

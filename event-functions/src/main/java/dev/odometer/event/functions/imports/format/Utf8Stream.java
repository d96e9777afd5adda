package dev.odometer.event.functions.imports.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text in another charset, converted to UTF-8. Bytes that are not text become the byte 0xFF, which UTF-8 never contains,
 * so that the record with them is rejected and its neighbors are not.
 */
final class Utf8Stream extends InputStream {

    private static final byte INVALID = (byte) 0xFF;
    private static final int SIZE = 1 << 13;

    private final InputStream in;
    private final CharsetDecoder decoder;
    private final ByteBuffer input = ByteBuffer.allocate(SIZE).flip();
    private final CharBuffer characters = CharBuffer.allocate(SIZE);
    private ByteBuffer output = ByteBuffer.allocate(0);
    private boolean isAtEnd;
    private boolean isFlushed;

    Utf8Stream(InputStream in, Charset charset) {
        this.in = in;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (!output.hasRemaining()) {
            if (isFlushed) {
                return -1;
            }
            convert();
        }
        int count = Math.min(length, output.remaining());
        output.get(into, from, count);
        return count;
    }

    private void convert() throws IOException {
        characters.clear();
        CoderResult result = decoder.decode(input, characters, isAtEnd);
        boolean isInvalid = result.isError();
        if (isInvalid) {
            input.position(input.position() + result.length());
        } else if (result.isUnderflow() && isAtEnd) {
            isFlushed = decoder.flush(characters).isUnderflow();
        } else if (result.isUnderflow()) {
            fill();
        }
        output = utf8(characters.flip(), isInvalid);
    }

    private static ByteBuffer utf8(CharBuffer characters, boolean isInvalid) {
        ByteBuffer text = StandardCharsets.UTF_8.encode(characters);
        if (!isInvalid) {
            return text;
        }
        return ByteBuffer.allocate(text.remaining() + 1).put(text).put(INVALID).flip();
    }

    private void fill() throws IOException {
        input.compact();
        int count = in.read(input.array(), input.position(), input.remaining());
        isAtEnd = count < 0;
        input.position(input.position() + Math.max(count, 0)).flip();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

package dev.odometer.kafka.streams;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The binary form of the records that the engine exchanges with itself. Numbers are big-endian, texts UTF-8. */
final class Binary {

    private Binary() {}

    /** Writes values one after another. */
    static final class Writer {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        private final DataOutputStream data = new DataOutputStream(bytes);

        private interface Write {
            void run() throws IOException;
        }

        private Writer write(Write write) {
            try {
                write.run();
                return this;
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        /** @param value of 8 bits */
        Writer tiny(int value) {
            return write(() -> data.writeByte(value));
        }

        Writer number(int value) {
            return write(() -> data.writeInt(value));
        }

        Writer large(long value) {
            return write(() -> data.writeLong(value));
        }

        Writer sized(byte[] value) {
            return number(value.length).raw(value);
        }

        Writer raw(byte[] value) {
            return write(() -> data.write(value));
        }

        Writer text(String value) {
            return sized(value.getBytes(StandardCharsets.UTF_8));
        }

        Writer texts(List<String> values) {
            number(values.size());
            values.forEach(this::text);
            return this;
        }

        Writer decimal(@Nullable BigDecimal value) {
            if (value == null) {
                return sized(new byte[0]);
            }
            return sized(value.unscaledValue().toByteArray()).number(value.scale());
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }

    /** Reads what {@link Writer} has written. */
    static final class Reader {

        private final ByteBuffer bytes;

        Reader(byte[] bytes) {
            this.bytes = ByteBuffer.wrap(bytes);
        }

        /** @throws IllegalStateException when the first byte is another version of the format */
        Reader version(int expected) {
            int version = tiny();
            if (version != expected) {
                throw new IllegalStateException(
                        "a record of the engine has the format " + version + " instead of " + expected);
            }
            return this;
        }

        int tiny() {
            return bytes.get();
        }

        int number() {
            return bytes.getInt();
        }

        long large() {
            return bytes.getLong();
        }

        byte[] sized() {
            return raw(number());
        }

        byte[] raw(int length) {
            var value = new byte[length];
            bytes.get(value);
            return value;
        }

        String text() {
            return new String(sized(), StandardCharsets.UTF_8);
        }

        List<String> texts() {
            int size = number();
            var values = new ArrayList<String>(size);
            for (int i = 0; i < size; i++) {
                values.add(text());
            }
            return values;
        }

        @Nullable
        BigDecimal decimal() {
            byte[] unscaled = sized();
            return unscaled.length == 0 ? null : new BigDecimal(new BigInteger(unscaled), number());
        }
    }
}

package dev.odometer.conformance.azure;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A protobuf message by field numbers, with the part of the format that FunctionRpc needs; see
 * https://protobuf.dev/programming-guides/encoding/ and FunctionRpc.proto of azure-functions-language-worker-protobuf.
 */
final class RpcMessage {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    RpcMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    RpcMessage message(int field, RpcMessage value) {
        return bytes(field, value.toBytes());
    }

    RpcMessage bytes(int field, byte[] value) {
        varint(((long) field << 3) | LENGTH_DELIMITED);
        varint(value.length);
        written.writeBytes(value);
        return this;
    }

    RpcMessage number(int field, long value) {
        varint(((long) field << 3) | VARINT);
        varint(value);
        return this;
    }

    /** A map is encoded as one message of key and value per entry. */
    RpcMessage texts(int field, Map<String, String> entries) {
        entries.forEach(
                (key, value) -> message(field, new RpcMessage().text(1, key).text(2, value)));
        return this;
    }

    private void varint(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            written.write((int) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        written.write((int) left);
    }

    byte[] toBytes() {
        return written.toByteArray();
    }

    /**
     * The fields of a received message: their values in order, by field number. A number is represented by its text.
     */
    record Fields(Map<Integer, List<byte[]>> values) {

        static Fields of(byte[] message) {
            var values = new TreeMap<Integer, List<byte[]>>();
            var in = new Reader(message);
            while (in.at < message.length) {
                long tag = in.varint();
                values.computeIfAbsent((int) (tag >>> 3), number -> new ArrayList<>())
                        .add(in.value((int) tag & 7));
            }
            return new Fields(values);
        }

        boolean has(int field) {
            return values.containsKey(field);
        }

        /** The last value, which wins by the rules of the format. */
        Optional<byte[]> bytes(int field) {
            List<byte[]> all = values.getOrDefault(field, List.of());
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        }

        String text(int field) {
            return bytes(field).map(Fields::decoded).orElse("");
        }

        Fields message(int field) {
            return of(bytes(field).orElse(new byte[0]));
        }

        List<Fields> messages(int field) {
            return values.getOrDefault(field, List.of()).stream()
                    .map(Fields::of)
                    .toList();
        }

        Map<String, String> texts(int field) {
            var entries = new LinkedHashMap<String, String>();
            messages(field).forEach(pair -> entries.put(pair.text(1), pair.text(2)));
            return entries;
        }

        private static String decoded(byte[] text) {
            return new String(text, StandardCharsets.UTF_8);
        }
    }

    private static final class Reader {

        private final byte[] message;
        private int at;

        Reader(byte[] message) {
            this.message = message;
        }

        long varint() {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                byte part = message[at++];
                value |= (part & 0x7fL) << shift;
                if (part >= 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("unterminated varint");
        }

        byte[] value(int type) {
            return switch (type) {
                case VARINT -> String.valueOf(varint()).getBytes(StandardCharsets.UTF_8);
                case FIXED_64 -> next(Long.BYTES);
                case LENGTH_DELIMITED -> next((int) varint());
                case FIXED_32 -> next(Integer.BYTES);
                default -> throw new IllegalArgumentException("unsupported wire type: " + type);
            };
        }

        private byte[] next(int length) {
            byte[] bytes = Arrays.copyOfRange(message, at, at + length);
            at += length;
            return bytes;
        }
    }
}

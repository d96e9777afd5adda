package dev.odometer.api.functions.portal;

import dev.odometer.functions.binding.Documents;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the claims as plain text; no test parses them. */
final class TextDocuments implements Documents {

    @Override
    public <T> T event(byte[] json, Class<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void check(byte[] json) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] write(Object value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Map<String, @Nullable Object> tree(Object value) {
        throw new UnsupportedOperationException();
    }
}

package dev.odometer.conformance.azure;

import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A response as the worker sends it, with one value per header. */
record HostResponse(
        int status, Map<String, String> headers, @Nullable Object content) implements HttpResponseMessage {

    /** The reply that a client gets. */
    HttpReply reply() {
        var values = new LinkedHashMap<String, List<String>>();
        headers.forEach((name, value) -> values.put(name, List.of(value)));
        return new HttpReply(status, Headers.of(values), bytes());
    }

    private byte[] bytes() {
        if (content == null) {
            return new byte[0];
        }
        if (content instanceof byte[] bytes) {
            return bytes;
        }
        throw new IllegalStateException("the worker would convert " + content.getClass());
    }

    @Override
    public HttpStatusType getStatus() {
        return HttpStatusType.custom(status);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return headers.get(name);
    }

    @Override
    public @Nullable Object getBody() {
        return content;
    }

    /** The worker's response builder. */
    static final class Builder implements HttpResponseMessage.Builder {

        private int status;
        private final Map<String, String> headers;
        private @Nullable Object content;

        Builder(int status, Map<String, String> headers, @Nullable Object content) {
            this.status = status;
            this.headers = headers;
            this.content = content;
        }

        @Override
        public Builder status(HttpStatusType type) {
            status = type.value();
            return this;
        }

        @Override
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        @Override
        public Builder body(Object body) {
            content = body;
            return this;
        }

        @Override
        public HostResponse build() {
            return new HostResponse(status, headers, content);
        }
    }
}

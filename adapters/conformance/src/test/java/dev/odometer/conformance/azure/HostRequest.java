package dev.odometer.conformance.azure;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import dev.odometer.door.HttpRequest;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as host and worker hand it over: header names in lower case, repeated headers joined, the body as text unless
 * it is said to be bytes, and even then as text for a function that takes text; no body without a length.
 */
record HostRequest(URI uri, HttpMethod method, Map<String, String> headers, Optional<String> body)
        implements HttpRequestMessage<Optional<String>> {

    static HostRequest of(HttpRequest request) {
        String target = request.path() + (request.query() == null ? "" : "?" + request.query());
        var headers = new LinkedHashMap<String, String>();
        request.headers()
                .forEach((name, value) ->
                        headers.merge(name.toLowerCase(Locale.ROOT), value, (first, second) -> first + "," + second));
        if (request.body().length > 0) {
            headers.put("content-length", String.valueOf(request.body().length));
        }
        return new HostRequest(
                URI.create("https://odometer.azurewebsites.net" + target),
                HttpMethod.valueOf(request.method()),
                headers,
                request.body().length == 0
                        ? Optional.empty()
                        : Optional.of(new String(request.body(), charset(headers))));
    }

    /** What the host's text reader takes: the charset of the content type, else UTF-8, broken bytes replaced. */
    private static Charset charset(Map<String, String> headers) {
        String type = headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        int at = type.indexOf("charset=");
        String name = at < 0 ? "" : type.substring(at + "charset=".length()).replaceAll("[;\"\\s].*|^\"", "");
        return Charset.isSupported(name.isEmpty() ? "utf-8" : name)
                ? Charset.forName(name.isEmpty() ? "utf-8" : name)
                : StandardCharsets.UTF_8;
    }

    @Override
    public URI getUri() {
        return uri;
    }

    @Override
    public HttpMethod getHttpMethod() {
        return method;
    }

    @Override
    public Map<String, String> getHeaders() {
        return headers;
    }

    @Override
    public Map<String, String> getQueryParameters() {
        throw new UnsupportedOperationException("the host's parameters have lost something: read the URI");
    }

    @Override
    public Optional<String> getBody() {
        return body;
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
        return createResponseBuilder((HttpStatusType) status);
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
        return new HostResponse.Builder(status.value(), new LinkedHashMap<>(), null);
    }
}

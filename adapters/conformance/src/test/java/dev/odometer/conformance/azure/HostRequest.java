package dev.odometer.conformance.azure;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import dev.odometer.door.http.HttpRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as host and worker pass it: lower-case header names, repeated headers joined, the body as text unless its
 * type is binary, and even then as text for a function that takes text, and no body without a length. The server
 * decodes the path, including its dot segments, and the host encodes it again; the query is as sent.
 */
record HostRequest(URI uri, HttpMethod method, Map<String, String> headers, Optional<String> body)
        implements HttpRequestMessage<Optional<String>> {

    /** Characters that the host does not escape in a path. */
    private static final String PLAIN =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/";

    /** @throws IllegalArgumentException if it is not a valid URI, as in the worker */
    static HostRequest of(HttpRequest request) {
        String target = path(request.path()) + (request.query() == null ? "" : "?" + request.query());
        var headers = new LinkedHashMap<String, String>();
        request.headers()
                .forEach((name, value) ->
                        headers.merge(name.toLowerCase(Locale.ROOT), value, (first, second) -> first + "," + second));
        boolean hasLength = !headers.containsKey("transfer-encoding") && request.body().length > 0;
        if (hasLength) {
            headers.put("content-length", String.valueOf(request.body().length));
        }
        return new HostRequest(
                URI.create("https://odometer.azurewebsites.net" + target),
                HttpMethod.valueOf(request.method()),
                headers,
                hasLength ? Optional.of(new String(request.body(), charset(headers))) : Optional.empty());
    }

    private static String path(String sent) {
        // The server does not decode an encoded slash.
        String decoded =
                URLDecoder.decode(sent.replace("+", "%2B").replaceAll("(?i)%2f", "%252F"), StandardCharsets.UTF_8);
        String plain = withoutDots(decoded);
        var encoded = new StringBuilder();
        for (int i = 0; i < plain.length(); i += Character.charCount(plain.codePointAt(i))) {
            String character = Character.toString(plain.codePointAt(i));
            boolean isEncoded = plain.substring(i).matches("(?s)%[0-9A-Fa-f]{2}.*");
            encoded.append(
                    isEncoded || PLAIN.contains(character)
                            ? character
                            : URLEncoder.encode(character, StandardCharsets.UTF_8)
                                    .replace("+", "%20"));
        }
        return encoded.toString();
    }

    private static String withoutDots(String path) {
        var kept = new ArrayDeque<String>();
        for (String segment : path.substring(1).split("/", -1)) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.equals(".")) {
                kept.add(segment);
            }
        }
        return "/" + String.join("/", kept);
    }

    /** The text that the host reads: in the charset of the content type or UTF-8, with invalid bytes replaced. */
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
        throw new UnsupportedOperationException("the host's parameters are lossy: read the URI");
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

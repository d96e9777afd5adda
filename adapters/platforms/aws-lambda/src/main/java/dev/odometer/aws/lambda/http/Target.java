package dev.odometer.aws.lambda.http;

import dev.odometer.door.request.Percent;
import dev.odometer.functions.refusal.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Restores the path and query of a request that a source decoded or extended. */
final class Target {

    /** The characters that a path may contain unencoded, see RFC 3986, 3.3. */
    private static final String PLAIN = "-._~!$&'()*+,;=:@/";

    private Target() {}

    /** The path, encoded again, so that it is not decoded twice. */
    static String path(String decoded) {
        var path = new StringBuilder(decoded.length());
        for (byte b : decoded.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > 0 && (Character.isLetterOrDigit(b) || PLAIN.indexOf(b) >= 0);
            if (plain) {
                path.append((char) b);
            } else {
                path.append(String.format("%%%02X", b));
            }
        }
        return path.toString();
    }

    /** The path without the stage that a gateway prefixes; {@code $default} is never a prefix. */
    static String withoutStage(String path, Optional<String> stage) {
        String prefix = "/" + stage.filter(name -> !name.equals("$default")).orElse("");
        if (path.equals(prefix)) {
            return "/";
        }
        return prefix.length() > 1 && path.startsWith(prefix + "/") ? path.substring(prefix.length()) : path;
    }

    /**
     * The base path of a custom domain: what precedes the end of the path that matched the template of the resource.
     * Empty if no end of the path did, as for the resource {@code $default}.
     *
     * @param resource the template, such as {@code /{proxy+}}
     * @param parameters the values of the template, decoded or not
     */
    static String base(String path, String resource, Map<String, String> parameters) {
        String matched = Stream.of(resource.split("/", -1))
                .map(segment -> filled(segment, parameters))
                .collect(Collectors.joining("/"));
        for (int start = 0; start >= 0; start = path.indexOf('/', start + 1)) {
            String end = path.substring(start);
            if (end.equals(matched) || matched.equals(decoded(end))) {
                return path.substring(0, start);
            }
        }
        return matched.equals("/") ? path : "";
    }

    private static String filled(String segment, Map<String, String> parameters) {
        boolean isField = segment.startsWith("{") && segment.endsWith("}");
        return isField ? parameters.getOrDefault(segment.replaceAll("[{+}]", ""), segment) : segment;
    }

    private static @Nullable String decoded(String path) {
        try {
            return Percent.decode("path", path);
        } catch (Refusal malformed) {
            return null;
        }
    }

    /** A query string of decoded parameters. */
    static String query(Map<String, List<String>> decoded) {
        return query(decoded, text -> URLEncoder.encode(text, StandardCharsets.UTF_8));
    }

    /** A query string of parameters, with names and values in the given form. */
    static String query(Map<String, List<String>> parameters, UnaryOperator<String> form) {
        return parameters.entrySet().stream()
                .flatMap(parameter -> parameter.getValue().stream()
                        .map(value -> form.apply(parameter.getKey()) + "=" + form.apply(value)))
                .collect(Collectors.joining("&"));
    }
}

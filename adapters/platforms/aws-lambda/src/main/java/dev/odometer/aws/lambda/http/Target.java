package dev.odometer.aws.lambda.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

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

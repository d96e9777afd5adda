package dev.odometer.files.azure;

import dev.odometer.files.http.Call;
import dev.odometer.files.http.RequestSigner;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs calls with the account key ("Authorize with Shared Key" in the reference of the Azure Storage REST API). */
record SharedKey(String account, String key, InstantSource clock) implements RequestSigner {

    private static final String ALGORITHM = "HmacSHA256";
    /** Two digits for the day, because {@code RFC_1123_DATE_TIME} writes the days 1 to 9 with one digit. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    /** The standard headers whose values are signed, in this order and without their names. */
    private static final List<String> SIGNED = List.of(
            "Content-Encoding",
            "Content-Language",
            "Content-Length",
            "Content-MD5",
            "Content-Type",
            "Date",
            "If-Modified-Since",
            "If-Match",
            "If-None-Match",
            "If-Unmodified-Since",
            "Range");

    @Override
    public Call sign(Call call) {
        Call dated = call.header("x-ms-date", DATE.format(clock.instant()));
        return dated.header("Authorization", "SharedKey " + account + ":" + signature(dated));
    }

    private String signature(Call call) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(text(call).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String text(Call call) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(call.headers());
        headers.put("Content-Length", call.length() == 0 ? "" : String.valueOf(call.length()));
        String standard =
                SIGNED.stream().map(name -> headers.getOrDefault(name, "")).collect(Collectors.joining("\n"));
        String own = headers.entrySet().stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).startsWith("x-ms-"))
                .map(header -> header.getKey().toLowerCase(Locale.ROOT) + ":" + header.getValue())
                .collect(Collectors.joining("\n"));
        return call.method() + "\n" + standard + "\n" + own + "\n/" + account
                + call.uri().getRawPath() + query(call);
    }

    private static String query(Call call) {
        String raw = call.uri().getRawQuery();
        Map<String, String> query = new TreeMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query.entrySet().stream()
                .map(parameter -> "\n" + parameter.getKey() + ":" + parameter.getValue())
                .collect(Collectors.joining());
    }

    @Override
    public boolean isCredentialError(int status, String text) {
        return CredentialErrors.isAuthenticationFailure(text);
    }

    @Override
    public String toString() {
        return "the key of " + account;
    }
}

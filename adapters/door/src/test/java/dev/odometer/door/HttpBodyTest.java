package dev.odometer.door;

import static dev.odometer.door.Doors.detail;
import static dev.odometer.door.Doors.post;
import static dev.odometer.door.Doors.send;
import static dev.odometer.door.Doors.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.HttpReply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encodings and limits of bodies. */
class HttpBodyTest {

    @Test
    void decompressesABody() throws Exception {
        byte[] zipped = gzip("{\"id\":\"z\"}");

        assertThat(text(sendBytes(zipped, "gzip"))).contains("\"id\":\"z\"");
        assertThat(sendBytes(zipped, "br").status()).isEqualTo(415);
        assertThat(sendBytes(zipped, "gzip, gzip").status()).isEqualTo(415);
        assertThat(detail(sendBytes("{}".getBytes(StandardCharsets.UTF_8), "gzip")))
                .isEqualTo("validation error: the body is not gzip");
    }

    @Test
    void decompressesThousandsOfMembers() throws Exception {
        var members = new ByteArrayOutputStream();
        for (int i = 0; i < 20_000; i++) {
            members.write(gzip(""));
        }
        members.write(gzip("{\"id\":"));
        members.write(gzip("\"z\"}"));

        assertThat(text(sendBytes(members.toByteArray(), "gzip"))).contains("\"id\":\"z\"");
        members.write(0);
        assertThat(detail(sendBytes(members.toByteArray(), "gzip")))
                .isEqualTo("validation error: the body is not gzip");
    }

    @Test
    void limitsTheSizeOfABodyBeforeAndAfterDecompression() throws Exception {
        String long11 = "{\"id\":\"" + "x".repeat(11 << 20) + "\"}";

        assertThat(post("/things", long11).status()).isEqualTo(413);
        assertThat(sendBytes(gzip(long11), "gzip").status()).isEqualTo(413);
        assertThat(send("POST", "/things", "", "Content-Type", "application/json", "Content-Length", "99999999999")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void limitsDepthAndDigits() {
        String limits = "validation error: invalid JSON: nested deeper than 100 levels, or a number of more than 1000"
                + " digits, or a name that is too long";

        assertThat(detail(post("/things", "{\"extra\":{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}}")))
                .isEqualTo(limits);
        assertThat(detail(post("/things", "{\"weight\":" + "9".repeat(1001) + "}")))
                .isEqualTo(limits);
        assertThat(post("/things", "{\"weight\":1e99999999,\"extra\":{\"a\":1e99999999}}")
                        .status())
                .isEqualTo(201);
        assertThat(post("/things", "{\"size\":1e99999999}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c080", "eda080", "c3"})
    void refusesInvalidUtf8(String hex) {
        byte[] bad = java.util.HexFormat.of().parseHex(hex);
        byte[] body = "{\"id\":\"    \"}".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bad, 0, body, 7, bad.length);

        assertThat(detail(sendBytes(body, "identity"))).isEqualTo("validation error: invalid JSON: not UTF-8");
    }

    @Test
    void returnsAnUnpairedSurrogateUnchanged() {
        assertThat(text(post("/things", "{\"id\":\"\\ud800\"}")).toLowerCase(Locale.ROOT))
                .isEqualTo("{\"id\":\"\\ud800\",\"size\":0}");
        assertThat(post("/things", "{\"size\":\"\\ud800\"}").status()).isEqualTo(400);
    }

    @Test
    void refusesOtherEncodings() {
        assertThat(sendBytes("{\"id\":\"a\"}".getBytes(StandardCharsets.UTF_16LE), "identity")
                        .status())
                .isEqualTo(400);
    }

    private static HttpReply sendBytes(byte[] body, String encoding) {
        return Doors.HTTP.handle(Doors.request(
                "POST", "/things", body, "Content-Type", "application/json", "Content-Encoding", encoding));
    }

    private static byte[] gzip(String text) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}

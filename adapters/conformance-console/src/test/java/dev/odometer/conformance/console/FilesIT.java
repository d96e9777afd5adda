package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the console as the service sends them, and rules for their source. */
class FilesIT {

    private static final Path FOLDER = Path.of("../console/target/classes/console");
    private static final Path SOURCES = Path.of("../console/src/main/resources/console");
    /** What all pages together may take on the wire, without the page of the API. */
    private static final int MAX_BYTES = 250_000;

    private static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(ConsoleServer.open().url() + path));
    }

    private static HttpResponse<byte[]> get(String path, String... headers) {
        HttpRequest.Builder request = to(path);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return Api.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> reply, String name) {
        return String.join("|", reply.headers().allValues(name));
    }

    @ParameterizedTest
    @MethodSource("files")
    void haveTheHeadersThatProtectThem(String file) throws IOException {
        HttpResponse<byte[]> reply = get(file);

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(Files.readAllBytes(FOLDER.resolve(file)));
        assertThat(header(reply, "Content-Security-Policy"))
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
                        + " 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(header(reply, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(reply, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(reply, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(reply, "Content-Type")).isNotEqualTo("application/octet-stream");
    }

    @ParameterizedTest
    @MethodSource("files")
    void areSentOnce(String file) throws IOException {
        HttpResponse<byte[]> first = get(file, "Accept-Encoding", "gzip");
        HttpResponse<byte[]> second = get(file, "If-None-Match", header(first, "ETag"));

        assertThat(unpacked(first)).isEqualTo(Files.readAllBytes(FOLDER.resolve(file)));
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(get(file, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    private static byte[] unpacked(HttpResponse<byte[]> reply) throws IOException {
        if (header(reply, "Content-Encoding").isEmpty()) {
            return reply.body();
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @CsvSource({"'',false", "identity,false", "gzip;q=0,false", "gzip,true", "'br, gzip;q=0.5',true", "*,true"})
    void areCompressedForThoseWhoAcceptIt(String accepted, boolean zipped) {
        HttpResponse<byte[]> reply = get("index.html", "Accept-Encoding", accepted);

        assertThat(header(reply, "Content-Encoding")).isEqualTo(zipped ? "gzip" : "");
        assertThat(header(reply, "Vary")).isEqualTo("Accept-Encoding");
    }

    @ParameterizedTest
    @CsvSource({"'',index.html", "portal,portal.html", "api,api.html"})
    void areAtTheirShortPaths(String path, String file) {
        assertThat(get(path).body()).isEqualTo(get(file).body());
    }

    @Test
    void answerHeadWithoutABody() {
        HttpResponse<byte[]> reply =
                Api.send(to("js/api.js").method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(header(reply, "Content-Length"))
                .isEqualTo(String.valueOf(get("js/api.js").body().length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void areReadOnly(String method) {
        HttpResponse<String> reply = Api.send(to("index.html").method(method, BodyPublishers.ofString("{}")));

        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(header(reply, "Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "js/%2e%2e/index.html",
                "js/..%2findex.html",
                "js%2fapi.js",
                "js/",
                "lib",
                "console/index.html",
                "dev/odometer/local/http/odometer.properties",
                "js/api.js/",
                "js//api.js",
                "js/api.js;x",
                "api/",
                "nothing.html"
            })
    void areNotAtOtherPaths(String path) {
        HttpResponse<String> reply = Api.send(to(path));

        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(header(reply, "Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void areSmall() throws IOException {
        Map<String, Integer> sizes = new TreeMap<>();
        for (String file : files().toList()) {
            sizes.put(file, get(file, "Accept-Encoding", "gzip").body().length);
        }
        int api = sizes.entrySet().stream()
                .filter(file -> isOfTheApiPage(file.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        int all = sizes.entrySet().stream()
                .filter(file -> !isOfTheApiPage(file.getKey()) && !file.getKey().matches("(lib/LICENSES|examples)/.*"))
                .mapToInt(Map.Entry::getValue)
                .sum();
        Files.writeString(
                Path.of("target/sizes.txt"), "console " + all + "\npage of the API " + api + "\n" + sizes + "\n");

        assertThat(all).as(sizes.toString()).isLessThan(MAX_BYTES);
    }

    private static boolean isOfTheApiPage(String file) {
        return file.startsWith("lib/swagger-ui.") || file.startsWith("api.html");
    }

    @Test
    void haveRoutesInOneFileOnly() throws IOException {
        assertThat(sources())
                .allSatisfy((file, source) -> assertThat(file.equals("js/api.js") || !source.contains("/api/v"))
                        .as(file)
                        .isTrue());
    }

    @Test
    void neverInsertMarkup() throws IOException {
        Pattern forbidden = Pattern.compile(
                "innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\\.write|\\beval\\(|new Function|"
                        + "javascript:|srcdoc|\\son\\w+=\"|<script(?! src=| type=\"module\" src=)|<style|\\sstyle=\"");

        assertThat(sources())
                .hasSizeGreaterThan(10)
                .allSatisfy((file, source) -> assertThat(
                                forbidden.matcher(source).results().map(MatchResult::group))
                        .as(file)
                        .isEmpty());
    }

    @Test
    void referToNoOtherHost() throws IOException {
        Pattern address = Pattern.compile("(?:https?:)?//(?!www\\.w3\\.org/)[\\w-]+\\.[\\w.-]+[^\\s]*");

        assertThat(sources())
                .allSatisfy((file, source) -> assertThat(source.lines()
                                .map(line -> line.replaceAll("^\\s*(//|\\*|/\\*).*", ""))
                                .filter(line -> address.matcher(line).find()))
                        .as(file)
                        .isEmpty());
    }

    @Test
    void haveThePolicyInThePagesToo() throws IOException {
        assertThat(sources().entrySet())
                .filteredOn(entry -> entry.getKey().endsWith(".html"))
                .isNotEmpty()
                .allSatisfy(
                        page -> assertThat(page.getValue())
                                .contains(
                                        "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self';"));
    }

    /** The examples of other hosts in the documentation have the policy of the service. */
    @Test
    void haveThePolicyInTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("../../docs/console.md"));
        String policy = header(get("index.html"), "Content-Security-Policy").replaceFirst(" 'none'$", "");

        assertThat(page.split("default-src", -1)).hasSize(1 + 7);
        assertThat(page.split(Pattern.quote(policy), -1)).hasSize(1 + 7);
    }

    @Test
    void includeTheLicensesOfTheLibraries() throws IOException {
        assertThat(files().filter(file -> file.startsWith("lib/LICENSES/")))
                .containsExactly(
                        "lib/LICENSES/htm.txt",
                        "lib/LICENSES/preact.txt",
                        "lib/LICENSES/swagger-ui-bundle.txt",
                        "lib/LICENSES/swagger-ui.txt",
                        "lib/LICENSES/uplot.txt");
    }

    /** Our own texts by their paths. */
    private static Map<String, String> sources() throws IOException {
        var sources = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.put(
                        SOURCES.relativize(file).toString().replace('\\', '/'),
                        Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return sources;
    }
}

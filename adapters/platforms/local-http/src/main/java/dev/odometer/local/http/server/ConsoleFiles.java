package dev.odometer.local.http.server;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.functions.setting.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The files of the console on the class path, by their paths. They contain no data, so they need no API key. Only paths
 * of files that were found at start are served: no path of a request is used to look for a file.
 */
public final class ConsoleFiles {

    private static final String FOLDER = "/console/";
    private static final String NONE = "'none'";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ";
    /** Origins and {@code 'self'}, without characters that would end the directive. */
    private static final Pattern ANCESTORS = Pattern.compile(
            "'none'|('self'|https?://[A-Za-z0-9*.:\\[\\]-]+)( +('self'|https?://[A-Za-z0-9*.:\\[\\]-]+))*");

    private final Map<String, ConsoleFile> files;
    private final String basePath;

    private ConsoleFiles(Map<String, ConsoleFile> files, String basePath) {
        this.files = files;
        this.basePath = basePath;
    }

    /** Finds the files. There are none if the console is disabled or not on the class path. */
    public static ConsoleFiles find(Settings settings, String basePath) {
        String ancestors = settings.text(
                "odometer.portal.frame-ancestors",
                NONE,
                ANCESTORS,
                "'none', or origins such as https://example.com and 'self', separated by spaces");
        var files = new HashMap<String, ConsoleFile>();
        if (settings.flag("odometer.console.enabled", true)) {
            for (Resource resource : resources()) {
                String path = path(resource);
                files.put(path, file(resource, policy(path, ancestors)));
            }
            alias(files, "/", "/index.html");
            alias(files, "/portal", "/portal.html");
            alias(files, "/api", "/api.html");
        }
        return new ConsoleFiles(files, basePath);
    }

    /** Only the portal may be embedded: it protects the other pages from clickjacking. */
    static String policy(String path, String ancestors) {
        return POLICY + (path.equals("/portal.html") ? ancestors : NONE);
    }

    private static Resource[] resources() {
        try {
            return new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:" + FOLDER.substring(1) + "**/*.*");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path(Resource resource) {
        try {
            String url = resource.getURL().getPath();
            return url.substring(url.lastIndexOf(FOLDER) + FOLDER.length() - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConsoleFile file(Resource resource, String policy) {
        try {
            return new ConsoleFile(resource.getURL(), policy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void alias(Map<String, ConsoleFile> files, String alias, String path) {
        ConsoleFile file = files.get(path);
        if (file != null) {
            files.put(alias, file);
        }
    }

    /** The file at the path of the request; empty for other paths, and for other methods than GET and HEAD. */
    Optional<HttpReply> reply(HttpRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Optional.empty();
        }
        if (!basePath.isEmpty() && request.path().equals(basePath) && files.containsKey("/")) {
            // The links of the page are relative to its folder.
            return Optional.of(
                    new HttpReply(308, Headers.of("Location", basePath + "/", "Content-Length", "0"), new byte[0]));
        }
        return Optional.ofNullable(files.get(request.below(basePath).path())).map(file -> file.reply(request));
    }
}

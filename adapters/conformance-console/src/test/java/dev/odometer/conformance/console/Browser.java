package dev.odometer.conformance.console;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium, started once. Neither it nor its driver is downloaded: both must be on the path. */
final class Browser {

    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,900");

    private static final Path DOWNLOADS = Path.of(emptyFolder());

    private Browser() {}

    private static final class Started {
        private static final ChromeDriver DRIVER = start();
    }

    /** Whether there is a browser and its driver. */
    static boolean isInstalled() {
        return chromium().isPresent() && onPath("chromedriver").isPresent();
    }

    static ChromeDriver driver() {
        return Started.DRIVER;
    }

    /** Where the browser saves files. */
    static Path downloads() {
        return DOWNLOADS;
    }

    private static Optional<Path> chromium() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> onPath(name).stream())
                .findFirst();
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static ChromeDriver start() {
        var logs = new LoggingPreferences();
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        logs.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(chromium().orElseThrow().toFile());
        options.addArguments(FLAGS);
        options.addArguments("--user-data-dir=" + emptyFolder());
        options.setCapability("goog:loggingPrefs", logs);
        options.setExperimentalOption("prefs", Map.of("download.default_directory", DOWNLOADS.toString()));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(onPath("chromedriver").orElseThrow().toFile())
                // The locale and the zone of every machine that runs the tests.
                .withEnvironment(Map.of("LANGUAGE", "en_US", "TZ", "UTC"))
                .withTimeout(Duration.ofMinutes(2))
                .build();
        var driver = new ChromeDriver(service, options);
        Runtime.getRuntime().addShutdownHook(new Thread(driver::quit));
        return driver;
    }

    private static String emptyFolder() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "chromium")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

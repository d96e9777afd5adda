package dev.odometer.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.DoorConfiguration;
import dev.odometer.files.folder.FolderConfiguration;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.deadletter.InMemoryDeadLetterStore;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class FolderWatchIT {

    private static final InMemoryDeadLetterStore DEAD_LETTERS = new InMemoryDeadLetterStore();
    private static final List<String> READ = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private ConfigurableApplicationContext context;

    /** A function that behaves as the text of a file says: "poison", "later" or anything else. */
    @Configuration(proxyBeanMethods = false)
    @Import(FilesConfiguration.class)
    @ImportAutoConfiguration({
        ContextFunctionCatalogAutoConfiguration.class,
        DoorConfiguration.class,
        FolderConfiguration.class
    })
    static class Reader {

        @Bean
        InMemoryDeadLetterStore deadLetters() {
            return DEAD_LETTERS;
        }

        @Bean
        Consumer<FileArrival> readFile(FileStore store) {
            return file -> {
                String text = text(store, file);
                READ.add(text);
                switch (text) {
                    case "poison" -> throw Refusal.invalid("it is poison");
                    case "later" -> {
                        if (READ.stream().filter("later"::equals).count() < 2) {
                            throw Refusal.unavailable("later", new IOException());
                        }
                    }
                    default ->
                        store.write(
                                new FileName(file.container(), file.key()).with(".rejected.ndjson"),
                                "application/x-ndjson",
                                out -> out.write('{'));
                }
            };
        }

        private static String text(FileStore store, FileArrival file) {
            try (FileContent content = store.open(new FileName(file.container(), file.key()), file.version(), 0)) {
                return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Bean
        Bindings bindings() {
            return new Bindings(List.of(Binding.files("imports", "readFile").attempts(3)));
        }
    }

    @BeforeEach
    void start() {
        READ.clear();
        context = start("--odometer.files.watch=inbox");
    }

    private ConfigurableApplicationContext start(String option) {
        var application = new SpringApplication(Reader.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application.run(
                "--odometer.files.store=folder",
                "--odometer.files.folder=" + folder.resolve("files"),
                "--logging.level.root=OFF",
                option);
    }

    @AfterEach
    void stop() {
        context.close();
    }

    private Path put(String name, String text) throws IOException {
        Path part = Files.writeString(folder.resolve("files/inbox/" + name + ".part"), text);
        return Files.move(part, folder.resolve("files/inbox/" + name));
    }

    private void awaitFile(String path) throws InterruptedException {
        BooleanSupplier there = () -> Files.exists(folder.resolve("files/" + path));
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time for " + path).isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Test
    void passesFilesToTheFunction() throws Exception {
        put("a.csv", "one");

        awaitFile("done/a.csv");

        assertThat(READ).containsExactly("one");
        assertThat(folder.resolve("files/done/a.csv.rejected.ndjson")).hasContent("{");
    }

    @Test
    void movesPoisonToTheFailedFiles() throws Exception {
        put("a.csv", "poison");

        awaitFile("failed/a.csv");

        assertThat(DEAD_LETTERS.list("imports", 0, 10)).singleElement().satisfies(kept -> {
            assertThat(kept.item().reason()).isEqualTo("it is poison");
            assertThat(kept.item().origin()).isEqualTo("folder:inbox");
        });
    }

    @Test
    void retriesAFailedFile() throws Exception {
        put("a.csv", "later");

        awaitFile("done/a.csv");

        assertThat(READ).containsExactly("later", "later");
    }

    @Test
    void watchesNothingWithoutAConfiguredFolder() throws Exception {
        context.close();
        context = start("--odometer.files.watch=");
        put("a.csv", "one");

        assertThat(context.getBean(FolderWatch.class).isRunning()).isFalse();
        assertThat(folder.resolve("files/inbox/a.csv")).exists();
    }

    @Test
    void startsAlthoughTheFolderCannotBeWatched() throws Exception {
        context.close();
        Path file = Files.createFile(folder.resolve("file"));

        context = start("--odometer.files.folder=" + file);

        assertThat(context.getBean(FolderWatch.class).isRunning()).isFalse();
    }
}

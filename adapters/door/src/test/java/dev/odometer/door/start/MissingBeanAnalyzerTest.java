package dev.odometer.door.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.odometer.door.Doors;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

class MissingBeanAnalyzerTest {

    private static final String NO_STORE = "The bean archive needs a bean of the type " + FileStore.class.getName()
            + ", and odometer.files.store is not set";

    @Configuration(proxyBeanMethods = false)
    static class Archive {

        @Bean
        Routes routes() {
            return new Routes(List.of(Route.get("/archive", "archive")));
        }

        @Bean
        Supplier<String> archive(FileStore files) {
            return files::toString;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Greeting {

        @Bean
        Routes routes() {
            return new Routes(List.of(Route.get("/greeting", "greeting")));
        }

        @Bean
        Supplier<String> greeting(Runnable speaker) {
            return speaker::toString;
        }
    }

    @Test
    void functionsDoNotStartWithoutABean() {
        assertThatThrownBy(() -> FunctionApplication.start(new StandardEnvironment(), Archive.class))
                .isInstanceOf(StartRefusal.class)
                .hasMessage(NO_STORE);
        assertThatThrownBy(() -> FunctionApplication.start(new StandardEnvironment(), Greeting.class))
                .isInstanceOf(StartRefusal.class)
                .hasMessage("The bean greeting needs a bean of the type java.lang.Runnable, and there is none");
    }

    @Test
    void springBootNamesTheSettingOfTheStore() {
        var failure = catchThrowable(() -> Doors.start(Archive.class));

        var analysis = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(
                        FailureAnalyzer.class,
                        ArgumentResolver.of(Environment.class, new StandardEnvironment()),
                        FailureHandler.handleMessage((message, unusable) -> {}))
                .stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();

        assertThat(analysis.getDescription()).isEqualTo(NO_STORE);
        assertThat(analysis.getAction()).contains("ODOMETER_FILES_STORE");
    }
}

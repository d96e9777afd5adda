package dev.odometer.api.functions.deadletters;

import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The list of dead letters in the database; doors store them, and the command replay removes them. */
@AutoConfiguration
public class DeadLettersModule {

    @Bean
    Routes deadLetterRoutes() {
        return new Routes(List.of(Route.get("/api/v1/dead-letters", "listDeadLetters")
                .query("channel", "origin", "reason", "from", "to", "cursor", "limit")));
    }

    @Bean
    ListDeadLetters listDeadLetters(ObjectProvider<DeadLetterStore> store) {
        return new ListDeadLetters(store.getIfAvailable());
    }
}

package dev.odometer.functions.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.text.TimeZones;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeZonesTest {

    /** Every link of the tz database, version 2025b. */
    private static final String LINKS = """
            Africa/Asmera Africa/Timbuktu America/Argentina/ComodRivadavia America/Atka America/Buenos_Aires
            America/Catamarca America/Coral_Harbour America/Cordoba America/Ensenada America/Fort_Wayne
            America/Godthab America/Indianapolis America/Jujuy America/Knox_IN America/Kralendijk
            America/Louisville America/Lower_Princes America/Marigot America/Mendoza America/Montreal
            America/Nipigon America/Pangnirtung America/Porto_Acre America/Rainy_River America/Rosario
            America/Santa_Isabel America/Shiprock America/St_Barthelemy America/Thunder_Bay America/Virgin
            America/Yellowknife Antarctica/South_Pole Arctic/Longyearbyen Asia/Ashkhabad Asia/Calcutta
            Asia/Choibalsan Asia/Chongqing Asia/Chungking Asia/Dacca Asia/Harbin Asia/Istanbul Asia/Kashgar
            Asia/Katmandu Asia/Macao Asia/Rangoon Asia/Saigon Asia/Tel_Aviv Asia/Thimbu Asia/Ujung_Pandang
            Asia/Ulan_Bator Atlantic/Faeroe Atlantic/Jan_Mayen Australia/ACT Australia/Canberra Australia/Currie
            Australia/LHI Australia/NSW Australia/North Australia/Queensland Australia/South Australia/Tasmania
            Australia/Victoria Australia/West Australia/Yancowinna Brazil/Acre Brazil/DeNoronha Brazil/East
            Brazil/West CET CST6CDT Canada/Atlantic Canada/Central Canada/Eastern Canada/Mountain
            Canada/Newfoundland Canada/Pacific Canada/Saskatchewan Canada/Yukon Chile/Continental
            Chile/EasterIsland Cuba EET EST EST5EDT Egypt Eire Etc/GMT+0 Etc/GMT-0 Etc/GMT0 Etc/Greenwich
            Etc/UCT Etc/Universal Etc/Zulu Europe/Belfast Europe/Bratislava Europe/Busingen Europe/Kiev
            Europe/Mariehamn Europe/Nicosia Europe/Podgorica Europe/San_Marino Europe/Tiraspol Europe/Uzhgorod
            Europe/Vatican Europe/Zaporozhye GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran
            Israel Jamaica Japan Kwajalein Libya MET MST MST7MDT Mexico/BajaNorte Mexico/BajaSur Mexico/General
            NZ NZ-CHAT Navajo PRC PST8PDT Pacific/Enderbury Pacific/Johnston Pacific/Ponape Pacific/Samoa
            Pacific/Truk Pacific/Yap Poland Portugal ROC ROK Singapore Turkey UCT US/Alaska US/Aleutian
            US/Arizona US/Central US/East-Indiana US/Eastern US/Hawaii US/Indiana-Starke US/Michigan US/Mountain
            US/Pacific US/Samoa UTC Universal W-SU WET Zulu""";

    @ParameterizedTest
    @CsvSource({
        "UTC,UTC",
        "Europe/Berlin,Europe/Berlin",
        "US/Eastern,US/Eastern",
        "EST,America/Panama",
        "MST,America/Phoenix",
        "HST,Pacific/Honolulu",
        "ROC,Asia/Taipei",
        "GMT0,Etc/GMT",
        "GMT+0,Etc/GMT",
        "GMT-0,Etc/GMT",
    })
    void findsZonesAndLinks(String name, ZoneId zone) {
        assertThat(TimeZones.named(name)).contains(zone);
    }

    @Test
    void findsEveryLink() {
        assertThat(LINKS.split("\\s+"))
                .allSatisfy(name -> assertThat(TimeZones.named(name)).as(name).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+02:00", "UTC+2", "Europe/Nowhere", "est", "Factory"})
    void refusesOtherNames(String name) {
        assertThat(TimeZones.named(name)).isEmpty();
    }
}

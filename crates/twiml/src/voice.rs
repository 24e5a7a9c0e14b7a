//! Names of voices, for `voice` of [`Say`](crate::Say).
//!
//! Twilio knows some nine hundred and adds to them, so a voice is open text. Named here are the basic voices, all of
//! Polly and the `Neural2` voices of Google; the others of Google follow the pattern `Google.en-US-Standard-A`, with
//! `Wavenet` or `Chirp3-HD` and a letter or a name (A.3.1).

/// Defines constants for names.
macro_rules! names {
    ($($constant:ident = $name:literal,)+) => {
        $( #[doc = concat!("`", $name, "`")] pub const $constant: &str = $name; )+
    };
}

pub(crate) use names;

names! {
    MAN = "man", WOMAN = "woman", ALICE = "alice",
}

/// Amazon Polly: standard, `-Neural` and `-Generative`.
pub mod polly {
    super::names! {
        ADITI = "Polly.Aditi", AMY = "Polly.Amy", ASTRID = "Polly.Astrid", BIANCA = "Polly.Bianca",
        BRIAN = "Polly.Brian", CAMILA = "Polly.Camila", CARLA = "Polly.Carla", CARMEN = "Polly.Carmen",
        CELINE = "Polly.Celine", CHANTAL = "Polly.Chantal", CONCHITA = "Polly.Conchita", CRISTIANO = "Polly.Cristiano",
        DORA = "Polly.Dora", EMMA = "Polly.Emma", ENRIQUE = "Polly.Enrique", EWA = "Polly.Ewa", FILIZ = "Polly.Filiz",
        GERAINT = "Polly.Geraint", GIORGIO = "Polly.Giorgio", GWYNETH = "Polly.Gwyneth", HANS = "Polly.Hans",
        INES = "Polly.Ines", IVY = "Polly.Ivy", JACEK = "Polly.Jacek", JAN = "Polly.Jan", JOANNA = "Polly.Joanna",
        JOEY = "Polly.Joey", JUSTIN = "Polly.Justin", KARL = "Polly.Karl", KENDRA = "Polly.Kendra",
        KEVIN = "Polly.Kevin", KIMBERLY = "Polly.Kimberly", LEA = "Polly.Lea", LIV = "Polly.Liv", LOTTE = "Polly.Lotte",
        LUCIA = "Polly.Lucia", LUPE = "Polly.Lupe", MADS = "Polly.Mads", MAJA = "Polly.Maja", MARLENE = "Polly.Marlene",
        MATHIEU = "Polly.Mathieu", MATTHEW = "Polly.Matthew", MAXIM = "Polly.Maxim", MIA = "Polly.Mia",
        MIGUEL = "Polly.Miguel", MIZUKI = "Polly.Mizuki", NAJA = "Polly.Naja", NICOLE = "Polly.Nicole",
        PENELOPE = "Polly.Penelope", RAVEENA = "Polly.Raveena", RICARDO = "Polly.Ricardo", RUBEN = "Polly.Ruben",
        RUSSELL = "Polly.Russell", SALLI = "Polly.Salli", SEOYEON = "Polly.Seoyeon", TAKUMI = "Polly.Takumi",
        TATYANA = "Polly.Tatyana", VICKI = "Polly.Vicki", VITORIA = "Polly.Vitoria", ZEINA = "Polly.Zeina",
        ZHIYU = "Polly.Zhiyu", ADRIANO_NEURAL = "Polly.Adriano-Neural", AMY_NEURAL = "Polly.Amy-Neural",
        ANDRES_NEURAL = "Polly.Andres-Neural", ARIA_NEURAL = "Polly.Aria-Neural", ARLET_NEURAL = "Polly.Arlet-Neural",
        ARTHUR_NEURAL = "Polly.Arthur-Neural", AYANDA_NEURAL = "Polly.Ayanda-Neural",
        BIANCA_NEURAL = "Polly.Bianca-Neural", BRIAN_NEURAL = "Polly.Brian-Neural", BURCU_NEURAL = "Polly.Burcu-Neural",
        CAMILA_NEURAL = "Polly.Camila-Neural", DANIEL_NEURAL = "Polly.Daniel-Neural",
        DANIELLE_NEURAL = "Polly.Danielle-Neural", ELIN_NEURAL = "Polly.Elin-Neural", EMMA_NEURAL = "Polly.Emma-Neural",
        GABRIELLE_NEURAL = "Polly.Gabrielle-Neural", GREGORY_NEURAL = "Polly.Gregory-Neural",
        HALA_NEURAL = "Polly.Hala-Neural", HANNAH_NEURAL = "Polly.Hannah-Neural", HIUJIN_NEURAL = "Polly.Hiujin-Neural",
        IDA_NEURAL = "Polly.Ida-Neural", INES_NEURAL = "Polly.Ines-Neural", ISABELLE_NEURAL = "Polly.Isabelle-Neural",
        IVY_NEURAL = "Polly.Ivy-Neural", JOANNA_NEURAL = "Polly.Joanna-Neural", JOEY_NEURAL = "Polly.Joey-Neural",
        JUSTIN_NEURAL = "Polly.Justin-Neural", KAJAL_NEURAL = "Polly.Kajal-Neural",
        KAZUHA_NEURAL = "Polly.Kazuha-Neural", KENDRA_NEURAL = "Polly.Kendra-Neural",
        KEVIN_NEURAL = "Polly.Kevin-Neural", KIMBERLY_NEURAL = "Polly.Kimberly-Neural",
        LAURA_NEURAL = "Polly.Laura-Neural", LEA_NEURAL = "Polly.Lea-Neural", LIAM_NEURAL = "Polly.Liam-Neural",
        LISA_NEURAL = "Polly.Lisa-Neural", LUCIA_NEURAL = "Polly.Lucia-Neural", LUPE_NEURAL = "Polly.Lupe-Neural",
        MATTHEW_NEURAL = "Polly.Matthew-Neural", MIA_NEURAL = "Polly.Mia-Neural", NIAMH_NEURAL = "Polly.Niamh-Neural",
        OLA_NEURAL = "Polly.Ola-Neural", OLIVIA_NEURAL = "Polly.Olivia-Neural", PEDRO_NEURAL = "Polly.Pedro-Neural",
        REMI_NEURAL = "Polly.Remi-Neural", RUTH_NEURAL = "Polly.Ruth-Neural", SALLI_NEURAL = "Polly.Salli-Neural",
        SEOYEON_NEURAL = "Polly.Seoyeon-Neural", SERGIO_NEURAL = "Polly.Sergio-Neural",
        SOFIE_NEURAL = "Polly.Sofie-Neural", STEPHEN_NEURAL = "Polly.Stephen-Neural", SUVI_NEURAL = "Polly.Suvi-Neural",
        TAKUMI_NEURAL = "Polly.Takumi-Neural", THIAGO_NEURAL = "Polly.Thiago-Neural",
        TOMOKO_NEURAL = "Polly.Tomoko-Neural", VICKI_NEURAL = "Polly.Vicki-Neural",
        VITORIA_NEURAL = "Polly.Vitoria-Neural", ZAYD_NEURAL = "Polly.Zayd-Neural", ZHIYU_NEURAL = "Polly.Zhiyu-Neural",
        AMY_GENERATIVE = "Polly.Amy-Generative", ANDRES_GENERATIVE = "Polly.Andres-Generative",
        AYANDA_GENERATIVE = "Polly.Ayanda-Generative", BIANCA_GENERATIVE = "Polly.Bianca-Generative",
        DANIEL_GENERATIVE = "Polly.Daniel-Generative", DANIELLE_GENERATIVE = "Polly.Danielle-Generative",
        JOANNA_GENERATIVE = "Polly.Joanna-Generative", KAJAL_GENERATIVE = "Polly.Kajal-Generative",
        LEA_GENERATIVE = "Polly.Lea-Generative", LUCIA_GENERATIVE = "Polly.Lucia-Generative",
        LUPE_GENERATIVE = "Polly.Lupe-Generative", MATTHEW_GENERATIVE = "Polly.Matthew-Generative",
        MIA_GENERATIVE = "Polly.Mía-Generative", OLIVIA_GENERATIVE = "Polly.Olivia-Generative",
        PEDRO_GENERATIVE = "Polly.Pedro-Generative", REMI_GENERATIVE = "Polly.Rémi-Generative",
        RUTH_GENERATIVE = "Polly.Ruth-Generative", SERGIO_GENERATIVE = "Polly.Sergio-Generative",
        STEPHEN_GENERATIVE = "Polly.Stephen-Generative", VICKI_GENERATIVE = "Polly.Vicki-Generative",
    }
}

/// Google: `Neural2`.
pub mod google {
    super::names! {
        DA_DK_NEURAL2_D = "Google.da-DK-Neural2-D", DA_DK_NEURAL2_F = "Google.da-DK-Neural2-F",
        DE_DE_NEURAL2_A = "Google.de-DE-Neural2-A", DE_DE_NEURAL2_B = "Google.de-DE-Neural2-B",
        DE_DE_NEURAL2_C = "Google.de-DE-Neural2-C", DE_DE_NEURAL2_D = "Google.de-DE-Neural2-D",
        DE_DE_NEURAL2_F = "Google.de-DE-Neural2-F", DE_DE_NEURAL2_G = "Google.de-DE-Neural2-G",
        DE_DE_NEURAL2_H = "Google.de-DE-Neural2-H", EN_AU_NEURAL2_A = "Google.en-AU-Neural2-A",
        EN_AU_NEURAL2_B = "Google.en-AU-Neural2-B", EN_AU_NEURAL2_C = "Google.en-AU-Neural2-C",
        EN_AU_NEURAL2_D = "Google.en-AU-Neural2-D", EN_GB_NEURAL2_A = "Google.en-GB-Neural2-A",
        EN_GB_NEURAL2_B = "Google.en-GB-Neural2-B", EN_GB_NEURAL2_C = "Google.en-GB-Neural2-C",
        EN_GB_NEURAL2_D = "Google.en-GB-Neural2-D", EN_GB_NEURAL2_F = "Google.en-GB-Neural2-F",
        EN_GB_NEURAL2_N = "Google.en-GB-Neural2-N", EN_GB_NEURAL2_O = "Google.en-GB-Neural2-O",
        EN_IN_NEURAL2_A = "Google.en-IN-Neural2-A", EN_IN_NEURAL2_B = "Google.en-IN-Neural2-B",
        EN_IN_NEURAL2_C = "Google.en-IN-Neural2-C", EN_IN_NEURAL2_D = "Google.en-IN-Neural2-D",
        EN_US_NEURAL2_A = "Google.en-US-Neural2-A", EN_US_NEURAL2_C = "Google.en-US-Neural2-C",
        EN_US_NEURAL2_D = "Google.en-US-Neural2-D", EN_US_NEURAL2_E = "Google.en-US-Neural2-E",
        EN_US_NEURAL2_F = "Google.en-US-Neural2-F", EN_US_NEURAL2_G = "Google.en-US-Neural2-G",
        EN_US_NEURAL2_H = "Google.en-US-Neural2-H", EN_US_NEURAL2_I = "Google.en-US-Neural2-I",
        EN_US_NEURAL2_J = "Google.en-US-Neural2-J", ES_ES_NEURAL2_A = "Google.es-ES-Neural2-A",
        ES_ES_NEURAL2_B = "Google.es-ES-Neural2-B", ES_ES_NEURAL2_C = "Google.es-ES-Neural2-C",
        ES_ES_NEURAL2_D = "Google.es-ES-Neural2-D", ES_ES_NEURAL2_E = "Google.es-ES-Neural2-E",
        ES_ES_NEURAL2_F = "Google.es-ES-Neural2-F", ES_ES_NEURAL2_G = "Google.es-ES-Neural2-G",
        ES_ES_NEURAL2_H = "Google.es-ES-Neural2-H", ES_US_NEURAL2_A = "Google.es-US-Neural2-A",
        ES_US_NEURAL2_B = "Google.es-US-Neural2-B", ES_US_NEURAL2_C = "Google.es-US-Neural2-C",
        FIL_PH_NEURAL2_A = "Google.fil-ph-Neural2-A", FIL_PH_NEURAL2_D = "Google.fil-ph-Neural2-D",
        FR_CA_NEURAL2_A = "Google.fr-CA-Neural2-A", FR_CA_NEURAL2_B = "Google.fr-CA-Neural2-B",
        FR_CA_NEURAL2_C = "Google.fr-CA-Neural2-C", FR_CA_NEURAL2_D = "Google.fr-CA-Neural2-D",
        FR_FR_NEURAL2_A = "Google.fr-FR-Neural2-A", FR_FR_NEURAL2_B = "Google.fr-FR-Neural2-B",
        FR_FR_NEURAL2_C = "Google.fr-FR-Neural2-C", FR_FR_NEURAL2_D = "Google.fr-FR-Neural2-D",
        FR_FR_NEURAL2_E = "Google.fr-FR-Neural2-E", FR_FR_NEURAL2_F = "Google.fr-FR-Neural2-F",
        FR_FR_NEURAL2_G = "Google.fr-FR-Neural2-G", HI_IN_NEURAL2_A = "Google.hi-IN-Neural2-A",
        HI_IN_NEURAL2_B = "Google.hi-IN-Neural2-B", HI_IN_NEURAL2_C = "Google.hi-IN-Neural2-C",
        HI_IN_NEURAL2_D = "Google.hi-IN-Neural2-D", IT_IT_NEURAL2_A = "Google.it-IT-Neural2-A",
        IT_IT_NEURAL2_C = "Google.it-IT-Neural2-C", IT_IT_NEURAL2_F = "Google.it-IT-Neural2-F",
        JA_JP_NEURAL2_B = "Google.ja-JP-Neural2-B", JA_JP_NEURAL2_C = "Google.ja-JP-Neural2-C",
        JA_JP_NEURAL2_D = "Google.ja-JP-Neural2-D", KO_KR_NEURAL2_A = "Google.ko-KR-Neural2-A",
        KO_KR_NEURAL2_B = "Google.ko-KR-Neural2-B", KO_KR_NEURAL2_C = "Google.ko-KR-Neural2-C",
        PT_BR_NEURAL2_A = "Google.pt-BR-Neural2-A", PT_BR_NEURAL2_B = "Google.pt-BR-Neural2-B",
        PT_BR_NEURAL2_C = "Google.pt-BR-Neural2-C", TH_TH_NEURAL2_C = "Google.th-TH-Neural2-C",
        VI_VN_NEURAL2_A = "Google.vi-VN-Neural2-A", VI_VN_NEURAL2_D = "Google.vi-VN-Neural2-D",
    }
}

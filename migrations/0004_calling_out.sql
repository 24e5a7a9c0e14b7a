-- What people hear who call out from a browser, in a database whose plan was planted before there was such a call.
insert into prompts (line_id, language, key, text)
select '', 'en', 'call_out_nobody', 'Sorry, this browser belongs to nobody who may call out from here.'
where exists (select 1 from prompts where line_id = '' and language = 'en');
insert into prompts (line_id, language, key, text)
select '', 'en', 'call_out_no_line', 'Sorry, there is no such line to call out from.'
where exists (select 1 from prompts where line_id = '' and language = 'en');
insert into prompts (line_id, language, key, text)
select '', 'en', 'call_out_no_caller_id', 'Sorry, this line has no number of its own to call out with.'
where exists (select 1 from prompts where line_id = '' and language = 'en');
insert into prompts (line_id, language, key, text)
select '', 'en', 'call_out_not_a_number', 'That is no telephone number. Please dial the country code and the whole number.'
where exists (select 1 from prompts where line_id = '' and language = 'en');
insert into prompts (line_id, language, key, text)
select '', 'en', 'call_out_emergency', 'Emergency and service numbers cannot be dialled from here. Please use your own telephone.'
where exists (select 1 from prompts where line_id = '' and language = 'en');
insert into prompts (line_id, language, key, text)
select '', 'en', 'call_out_not_allowed', 'Sorry, this number may not be dialled from here.'
where exists (select 1 from prompts where line_id = '' and language = 'en');
insert into prompts (line_id, language, key, text)
select '', 'en', 'call_out_busy', 'The number is busy.'
where exists (select 1 from prompts where line_id = '' and language = 'en');
insert into prompts (line_id, language, key, text)
select '', 'en', 'call_out_no_answer', 'Nobody answered.'
where exists (select 1 from prompts where line_id = '' and language = 'en');
insert into prompts (line_id, language, key, text)
select '', 'en', 'call_out_failed', 'Sorry, the call could not be put through.'
where exists (select 1 from prompts where line_id = '' and language = 'en');
insert into prompts (line_id, language, key, text)
select '', 'es', 'call_out_nobody', 'Disculpe, este navegador no es de nadie que pueda llamar desde aquí.'
where exists (select 1 from prompts where line_id = '' and language = 'es');
insert into prompts (line_id, language, key, text)
select '', 'es', 'call_out_no_line', 'Disculpe, no existe esa línea para hacer llamadas.'
where exists (select 1 from prompts where line_id = '' and language = 'es');
insert into prompts (line_id, language, key, text)
select '', 'es', 'call_out_no_caller_id', 'Disculpe, esta línea no tiene un número propio para hacer llamadas.'
where exists (select 1 from prompts where line_id = '' and language = 'es');
insert into prompts (line_id, language, key, text)
select '', 'es', 'call_out_not_a_number', 'Eso no es un número de teléfono. Por favor, marque el código del país y el número completo.'
where exists (select 1 from prompts where line_id = '' and language = 'es');
insert into prompts (line_id, language, key, text)
select '', 'es', 'call_out_emergency', 'Desde aquí no se puede llamar a números de emergencia o de servicio. Por favor, use su propio teléfono.'
where exists (select 1 from prompts where line_id = '' and language = 'es');
insert into prompts (line_id, language, key, text)
select '', 'es', 'call_out_not_allowed', 'Disculpe, desde aquí no se puede llamar a este número.'
where exists (select 1 from prompts where line_id = '' and language = 'es');
insert into prompts (line_id, language, key, text)
select '', 'es', 'call_out_busy', 'El número está ocupado.'
where exists (select 1 from prompts where line_id = '' and language = 'es');
insert into prompts (line_id, language, key, text)
select '', 'es', 'call_out_no_answer', 'Nadie contestó.'
where exists (select 1 from prompts where line_id = '' and language = 'es');
insert into prompts (line_id, language, key, text)
select '', 'es', 'call_out_failed', 'Disculpe, no se pudo completar la llamada.'
where exists (select 1 from prompts where line_id = '' and language = 'es');
insert into prompts (line_id, language, key, text)
select '', 'ja', 'call_out_nobody', '申し訳ございません。このブラウザーからは、電話をおかけいただけません。'
where exists (select 1 from prompts where line_id = '' and language = 'ja');
insert into prompts (line_id, language, key, text)
select '', 'ja', 'call_out_no_line', '申し訳ございません。発信に使う回線が見つかりません。'
where exists (select 1 from prompts where line_id = '' and language = 'ja');
insert into prompts (line_id, language, key, text)
select '', 'ja', 'call_out_no_caller_id', '申し訳ございません。この回線には、発信できる番号がありません。'
where exists (select 1 from prompts where line_id = '' and language = 'ja');
insert into prompts (line_id, language, key, text)
select '', 'ja', 'call_out_not_a_number', '電話番号ではありません。国番号から、番号をすべて入力してください。'
where exists (select 1 from prompts where line_id = '' and language = 'ja');
insert into prompts (line_id, language, key, text)
select '', 'ja', 'call_out_emergency', '緊急通報や特別サービスの番号には、ここからおかけになれません。お手元の電話をご利用ください。'
where exists (select 1 from prompts where line_id = '' and language = 'ja');
insert into prompts (line_id, language, key, text)
select '', 'ja', 'call_out_not_allowed', '申し訳ございません。この番号には、ここからおかけになれません。'
where exists (select 1 from prompts where line_id = '' and language = 'ja');
insert into prompts (line_id, language, key, text)
select '', 'ja', 'call_out_busy', 'お話し中です。'
where exists (select 1 from prompts where line_id = '' and language = 'ja');
insert into prompts (line_id, language, key, text)
select '', 'ja', 'call_out_no_answer', '応答がありませんでした。'
where exists (select 1 from prompts where line_id = '' and language = 'ja');
insert into prompts (line_id, language, key, text)
select '', 'ja', 'call_out_failed', '申し訳ございません。電話をおつなぎできませんでした。'
where exists (select 1 from prompts where line_id = '' and language = 'ja');

update facts
set value = value + 1
where name = 'plan' and exists (select 1 from prompts);

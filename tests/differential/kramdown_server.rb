# frozen_string_literal: true

# Renders Markdown with the reference engine: one JSON request per line in, one JSON answer per line out.
#
#   {"id": 1, "text": "...", "mode": "gfm", "options": {}}  ->  {"id": 1, "html": "...", "warnings": []}
#   ... and where the engine raises                         ->  {"id": 1, "error": "Class: message"}
#
# "gfm" is what Jekyll publishes with, automatic ids and typography switched off; "kramdown" is the engine's own
# dialect with its own defaults but for the ids. "options" are added to either.

require 'json'
require 'kramdown'
require 'kramdown-parser-gfm'

ASCII_SYMBOLS = {
  'hellip' => '...', 'mdash' => '---', 'ndash' => '--',
  'laquo' => '<<', 'raquo' => '>>', 'laquo_space' => '<< ', 'raquo_space' => ' >>'
}.freeze

# The engine changes option values in place, so every document gets its own.
def settings(mode)
  case mode
  when 'gfm'
    { input: 'GFM', auto_ids: false, hard_wrap: false, syntax_highlighter: nil, math_engine: nil,
      smart_quotes: %w[apos apos quot quot], typographic_symbols: ASCII_SYMBOLS.dup,
      gfm_quirks: [:paragraph_end] }
  when 'kramdown'
    { auto_ids: false }
  else
    raise ArgumentError, "unknown mode #{mode.inspect}"
  end
end

def answer(request)
  options = settings(request.fetch('mode', 'gfm'))
  request.fetch('options', {}).each { |name, value| options[name.to_sym] = value }
  document = Kramdown::Document.new(request.fetch('text'), options)
  html = document.to_html
  # `&#xD800;` becomes bytes that no page can hold.
  raise EncodingError, 'the HTML is not valid UTF-8' unless html.valid_encoding?

  { id: request['id'], html: html, warnings: document.warnings.map(&:to_s) }
rescue Interrupt, SignalException, SystemExit
  raise
rescue Exception => e # rubocop:disable Lint/RescueException -- a SystemStackError is an answer too
  { id: request['id'], error: "#{e.class}: #{e.message}"[0, 500] }
end

$stdin.set_encoding(Encoding::UTF_8)
$stdout.set_encoding(Encoding::UTF_8)
$stdout.sync = false
$stdout.puts(JSON.generate(ready: true, kramdown: Kramdown::VERSION, ruby: RUBY_VERSION,
                           gfm: Kramdown::Parser::GFM::VERSION))
$stdout.flush
while (line = $stdin.gets)
  $stdout.puts(JSON.generate(answer(JSON.parse(line))))
  $stdout.flush
end
